"""Cards of many schools: one file or a folder, all of them or none."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pypdfium2
import pytest

from app.errors import Cancelled, OutputError, UserError
from app.models.enums import SchoolStatus
from app.services import output
from app.services.documents import CardsRequest, print_cards, write_all
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.documents.samples import order, squeezed
from tests.methodology.builders import MA4, RU4, YEAR
from tests.stored import add_result, add_school

NAMES = ("Вторая школа", "Первая школа", "Школа <b>№1</b> & Ко")


@pytest.fixture
def schools(workspace: Workspace) -> tuple[int, ...]:
    """Store three schools that work and one that does not; return the ids of the three."""
    ids = tuple(add_school(workspace, name, search_key=name.casefold()) for name in NAMES)
    for school in ids:
        for procedure in (RU4, MA4):
            add_result(
                workspace, school, (procedure.kind, YEAR, procedure.subject, procedure.grade), 10, 4
            )
    add_school(workspace, "Прежняя школа", search_key="прежняя", status=SchoolStatus.CLOSED)
    return ids


class Told:
    """Remembers the reports and stops at one of them."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.steps: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def report(self, done: int, total: int, text: str) -> None:
        self.steps.append((done, total))

    def check(self) -> None:
        if self._stop_at is not None and len(self.steps) > self._stop_at:
            raise Cancelled


def test_one_file_holds_the_cards_of_all_schools_that_work(
    workspace: Workspace, schools: tuple[int, ...], tmp_path: Path
) -> None:
    told = Told()
    target = tmp_path / "карточки.pdf"
    made = print_cards(workspace, CardsRequest(YEAR, target), told)
    assert (made.files, made.schools) == ((target,), 3)
    assert told.steps[0] == (0, 4)
    assert told.steps[-1] == (4, 4)
    document = pypdfium2.PdfDocument(target)
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) == 3
    said = zip(sorted(NAMES), pages, strict=True)
    assert all(squeezed(name) in squeezed(page) for name, page in said)
    assert [item.get_title() for item in document.get_toc()] != []
    document.close()


def test_a_folder_gets_a_file_of_each_kind_for_each_school(
    workspace: Workspace, schools: tuple[int, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "карточки"
    request = CardsRequest(YEAR, folder, schools[1:], (".pdf", ".docx"))
    made = print_cards(workspace, request, NoProgress())
    assert sorted(folder.iterdir()) == sorted(made.files)
    assert len(made.files) == 4
    assert not any(sign in path.name for path in made.files for sign in '<>:"/\\|?*')


def test_cancelling_leaves_nothing(
    workspace: Workspace, schools: tuple[int, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "карточки"
    with pytest.raises(Cancelled):
        print_cards(workspace, CardsRequest(YEAR, folder), Told(stop_at=1))
    assert not folder.exists()
    folder.mkdir()
    with pytest.raises(Cancelled):
        print_cards(workspace, CardsRequest(YEAR, folder), Told(stop_at=1))
    assert list(folder.iterdir()) == []


def test_a_register_without_schools_and_a_strange_format_are_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="Нет ни одной школы"):
        print_cards(workspace, CardsRequest(YEAR, tmp_path / "к.pdf"), NoProgress())
    add_school(workspace, "Школа")
    with pytest.raises(UserError, match=r"«\.xls»"):
        print_cards(workspace, CardsRequest(YEAR, tmp_path, formats=(".xls",)), NoProgress())


def test_both_formats_are_written_or_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "приказ.pdf"
    old.write_bytes(b"old")
    paths = (old, tmp_path / "приказ.docx")
    replace, calls = os.replace, []

    def fail_second(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise PermissionError(errno.EACCES, "open in another program")
        replace(source, target)

    monkeypatch.setattr(output.os, "replace", fail_second)
    with pytest.raises(OutputError, match="Нет права записи"):
        write_all(order(), paths)
    assert old.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["приказ.pdf"]
    monkeypatch.undo()
    write_all(order(), paths)
    assert old.read_bytes().startswith(b"%PDF")
    assert paths[1].stat().st_size > 1000


def test_a_file_open_in_word_stops_both(tmp_path: Path) -> None:
    paths = (tmp_path / "приказ.pdf", tmp_path / "приказ.docx")
    write_all(order(), paths)
    before = [path.read_bytes() for path in paths]
    (tmp_path / "~$приказ.docx").touch()
    with pytest.raises(OutputError, match="открыт в другой программе"):
        write_all(order(), paths)
    assert [path.read_bytes() for path in paths] == before


@pytest.mark.parametrize(
    ("place", "says"), [("нет/карточки", "такого файла или папки нет"), ("файл", "уже лежит файл")]
)
def test_a_folder_that_cannot_be_made_is_told_in_russian(
    workspace: Workspace, tmp_path: Path, schools: tuple[int, ...], place: str, says: str
) -> None:
    (tmp_path / "файл").write_bytes(b"x")
    request = CardsRequest(YEAR, tmp_path / place)
    with pytest.raises(OutputError, match=says) as caught:
        print_cards(workspace, request, NoProgress())
    assert not re.search("[A-Za-z]{3}", caught.value.message.replace(str(tmp_path), ""))
