"""The command ``copy``: a programme and a roadmap on the base of older ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import open_workspace
from app.models.enums import ProgrammeKind
from app.services import indicators, programmes, roadmap
from app.services.programmes import ItemForm, ProgrammeForm
from app.services.roadmap import RoadmapForm
from tests.cli.conftest import Cli


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """Return a database with a programme (1), its roadmap (1) and a roadmap without years (2)."""
    path = tmp_path / "база.db"
    with open_workspace(path) as workspace:
        form = ProgrammeForm(ProgrammeKind.PROGRAMME, "Программа на 2022-2024 годы", 2022, 2024)
        own = programmes.save_programme(workspace, form).id
        programmes.save_item(workspace, own, ItemForm("stage", "Первый", {"period": "2022"}))
        indicators.add_indicator(workspace, own, "Доля школ")
        plan = RoadmapForm("План на 2022 год", first_year=2022, last_year=2022, programme_id=own)
        key = roadmap.create_roadmap(workspace, plan).ids[0]
        roadmap.add_activity(workspace, key, None, {"title": "Семинар", "term": "март 2022"})
        roadmap.create_roadmap(workspace, RoadmapForm("Без лет"))
    return path


def test_what_may_be_copied_is_listed(cli: Cli, stored: Path) -> None:
    told = cli("copy", "--db", stored)
    assert told.code == 0
    assert [line.split()[:3] for line in told.out.splitlines()[-3:]] == [
        ["programme", "1", "2022–2024"],
        ["roadmap", "1", "2022"],
        ["roadmap", "2", "Без"],
    ]


def test_a_programme_comes_with_its_indicators_and_roadmaps(cli: Cli, stored: Path) -> None:
    told = cli("copy", "programme", "1", "--years", "2025-2027", "--db", stored)
    assert told.code == 1
    assert "Программа № 2 «Программа на 2025-2027 годы», 2025–2027" in told.out
    assert "1 запись, 1 показатель, 1 дорожная карта." in told.out
    assert "Сроки этапов остались прежними" in told.out
    bare = cli("copy", "programme", "1", "--years", "2028-2030", "--bare", "--db", stored)
    assert "1 запись, 0 показателей, 0 дорожных карт." in bare.out


def test_a_roadmap_moves_with_its_years(cli: Cli, stored: Path) -> None:
    told = cli("copy", "roadmap", "1", "--years", "2024", "--db", stored)
    assert (told.code, "«План на 2024 год»: 1 мероприятие." in told.out) == (0, True)
    assert "сдвинуты на 2" in told.out
    with open_workspace(stored) as workspace:
        (row,) = roadmap.open_roadmap(workspace, 3, date(2024, 1, 1)).activities
        assert (row.term, row.end) == ("март 2024", date(2024, 3, 31))


def test_a_roadmap_without_years_moves_by_what_is_asked(cli: Cli, stored: Path) -> None:
    with open_workspace(stored) as workspace:
        roadmap.add_activity(workspace, 2, None, {"title": "Семинар", "term": "март 2022"})
    said = ("copy", "roadmap", "2", "--years", "2024", "--title", "Новая", "--db", stored)
    told = cli(*said, "--shift", "2")
    assert (told.code, "«Новая»" in told.out, "сдвинуты на 2" in told.out) == (0, True, True)
    with open_workspace(stored) as workspace:
        (row,) = roadmap.open_roadmap(workspace, 3, date(2024, 1, 1)).activities
        assert row.term == "март 2024"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("programme", "1"), "Не сказано, что взять за основу"),
        (("programme", "9", "--years", "2025"), "Программы"),
        (("roadmap", "9", "--years", "2025"), "Дорожной карты № 9 в базе нет"),
        (("roadmap", "1", "--years", "2025-2024"), "«2025-2024» не период"),
        (("roadmap", "1", "--years", "скоро"), "«скоро» не период"),
        (("roadmap", "1", "--years", "2025", "--bare"), "бывает только у программы"),
        (("roadmap", "2", "--years", "2025"), "Добавьте --shift"),
        (("roadmap", "1", "--years", "2025", "--shift", "1"), "следует из её годов"),
        (("programme", "1", "--years", "2025", "--shift", "1"), "следует из её периода"),
        (("programme", "1", "--years", "2025", "--title", "А"), "следует из её периода"),
    ],
)
def test_wrong_words_are_refused(cli: Cli, stored: Path, words: tuple[str, ...], told: str) -> None:
    outcome = cli("copy", *words, "--db", stored)
    assert outcome.code == 2
    assert told.casefold() in outcome.err.casefold()
    with open_workspace(stored) as workspace:
        assert len(programmes.list_programmes(workspace)) == 1
        assert len(roadmap.list_roadmaps(workspace)) == 2


def test_an_empty_base_says_so(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "пусто.db"
    with open_workspace(path):
        pass
    assert "в базе ещё нет" in cli("copy", "--db", path).out
