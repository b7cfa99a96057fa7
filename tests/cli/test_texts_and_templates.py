"""The commands ``texts`` and ``templates``: the office's own words and Word templates."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from app.bootstrap import open_workspace, start
from app.models.enums import AssessmentKind
from app.services import settings
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school

KEY = "papers/order-own/title"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a database with the requisites of an office."""
    path = tmp_path / "база.db"
    with open_workspace(path) as workspace:
        settings.save_office(workspace, DETAILS)
    return path


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run a command and return its code and what it said."""
    capsys.readouterr()
    code = start([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_texts_are_changed_shown_carried_and_given_back(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = ("--db", base)
    code, out, _ = ran(capsys, "texts", "set", KEY, "О том, что {заголовок приказа}", *db)
    assert (code, "О том, что {заголовок приказа}" in out) == (0, True)
    code, out, _ = ran(capsys, "texts", "list", "--own", *db)
    assert KEY in out
    assert "своё" in out
    file = tmp_path / "тексты.json"
    assert ran(capsys, "texts", "export", "--out", file, *db)[0] == 0
    assert ran(capsys, "texts", "reset", KEY, *db)[0] == 0
    assert "Таких предложений нет." in ran(capsys, "texts", "list", "--own", *db)[1]
    assert ran(capsys, "texts", "import", file, *db)[0] == 0
    assert "О том, что" in ran(capsys, "texts", "show", KEY, *db)[1]


def test_a_wrong_tag_is_refused_with_its_place(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ran(capsys, "texts", "set", KEY, "О {вздоре}", "--db", base)
    assert code == 2
    assert "Знак 3: неизвестная метка {вздоре}" in err
    assert ran(capsys, "texts", "show", "нет/такого", "--db", base)[0] == 2


def test_the_term_is_chosen_by_its_name(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "texts", "term", "шнро", "--db", base)
    assert code == 0
    assert "ШНРО – школы с низкими результатами обучения" in out
    assert "ШНСУ –" in out
    code, _, err = ran(capsys, "texts", "term", "АБВГ", "--db", base)
    assert code == 2
    assert "Термина «АБВГ» программа не знает" in err


def test_a_template_goes_its_whole_way(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example, target = tmp_path / "пример.docx", tmp_path / "приказ.docx"
    assert "[[перечень школ]]" in ran(capsys, "templates", "tags", "order")[1]
    assert "order-own" in ran(capsys, "templates", "tags")[1]
    assert ran(capsys, "templates", "example", "order-own", "--out", example)[0] == 0
    assert ran(capsys, "templates", "check", "order-own", example)[0] == 0
    added = ("templates", "add", "order-own", example, "--title", "Наш", "--db", base)
    assert ran(capsys, *added)[0] == 0
    code, _, err = ran(capsys, *added)
    assert (code, "уже есть" in err) == (2, True)
    assert "Наш" in ran(capsys, "templates", "list", "--db", base)[1]
    made = ("export", "order-own", "--template", "Наш", "--year", "2026", "--db", base)
    code, _, err = ran(capsys, *made, "--set", "subject=О делах", "--out", target)
    assert code == 0
    assert "нет данных для метки [[номер документа]]" in err
    assert any("О делах" in one.text for one in docx.Document(str(target)).paragraphs)
    back = tmp_path / "назад.docx"
    assert ran(capsys, "templates", "save", "Наш", "--out", back, "--db", base)[0] == 0
    assert back.read_bytes() == example.read_bytes()
    assert ran(capsys, "templates", "replace", "Наш", back, "--db", base)[0] == 0
    assert ran(capsys, "templates", "remove", "Наш", "--db", base)[0] == 0
    assert "Своих шаблонов нет." in ran(capsys, "templates", "list", "--db", base)[1]


def test_a_bad_template_waits_with_every_fault_listed(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document()
    document.add_paragraph("[[гот]] и [[хтонь]]")
    path = tmp_path / "ш.docx"
    document.save(str(path))
    code, out, _ = ran(capsys, "templates", "check", "order-own", path)
    assert code == 1
    assert "Возможно, [[год]]." in out
    assert "Ошибок: 2." in out
    assert ran(capsys, "templates", "add", "order-own", path, "--db", base)[0] == 2
    code, _, err = ran(
        capsys, "export", "order-own", "--template", "Нет", "--year", "2026",
        "--out", tmp_path / "а.docx", "--db", base,
    )  # fmt: skip
    assert (code, "Шаблона «Нет» нет" in err) == (2, True)
    code, _, err = ran(
        capsys, "export", "results", "--template", "Нет", "--out", tmp_path / "а.xlsx", "--db", base
    )
    assert (code, "по своему шаблону не делается" in err) == (2, True)


def test_a_sentence_of_one_paper_is_given_by_the_command(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_workspace(base) as workspace:
        school = add_school(workspace, "Лукоморская СОШ")
        for subject in ("Русский язык", "Математика"):
            add_result(workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    order = tmp_path / "приказ.docx"
    command = ("export", "order", "--out", order, "--year", 2025, "--db", base)
    assert ran(capsys, *command, "--sentence", "annex_title=Школы {год} года")[0] == 0
    said = [one.text.replace("\xa0", " ") for one in docx.Document(str(order)).paragraphs]
    assert "Школы 2025 года" in said
    code, _, err = ran(capsys, *command, "--sentence", "annex_title=Школы {вздора}")
    assert (code, "Знак 7: неизвестная метка {вздора}" in err) == (2, True)
    code, _, err = ran(capsys, *command, "--sentence", "введение=Вот")
    assert (code, "нет предложения «введение»" in err) == (2, True)
    assert "rule/procedure" in err
    assert ran(capsys, *command, "--sentence", "rule/low=Низко.")[0] == 0
    assert any("Низко." in one.text for one in docx.Document(str(order)).paragraphs)


@pytest.fixture
def listed(base: Path) -> Path:
    """Return the database with a school that the list of 2025 names."""
    with open_workspace(base) as workspace:
        school = add_school(workspace, "Лукоморская СОШ")
        for subject in ("Русский язык", "Математика"):
            add_result(workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    return base


def test_the_order_is_printed_with_the_fields_of_the_command(
    listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "приказ.docx"
    command = ("export", "order", "--out", order, "--year", 2025, "--db", listed)
    fields = (
        "number=17-од", "date=04.02.2026", "deadline=2026-03-01",
        "controller=главный специалист; Небылицын Олег Потехович",
    )  # fmt: skip
    code, _, err = ran(capsys, *command, *(word for one in fields for word in ("--set", one)))
    assert (code, "номер приказа" in err) == (0, False)
    document = docx.Document(str(order))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*cells, *(one.text for one in document.paragraphs)]).replace("\xa0", " ")
    for word in ("№ 17-од", "4 февраля 2026 г.", "1 марта 2026 г.", "Небылицына О.П."):
        assert word in said
    for wrong, why in (
        ("wrongfield=1", "Поля «wrongfield» у этого документа нет"),
        ("date=вчера", "«вчера» не дата"),
        ("risk_zone=может быть", "ждём ответ «да» или «нет»"),
    ):
        code, _, err = ran(capsys, *command, "--set", wrong)
        assert (code, why in err) == (2, True)
    assert "controller, coordinator, date, deadline" in ran(capsys, *command, "--set", "a=1")[2]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("school-card", ("--sentence", "title=Своё", "--school", "Лукоморская СОШ")),
        ("decisions", ("--sentence", "title=Своё")),
        ("programme", ("--sentence", "title=Своё")),
        ("programme", ("--set", "number=1")),
        ("programme", ("--school", "Лукоморская СОШ")),
        ("order", ("--programme", "1")),
        ("order", ("--title", "Карта")),
        ("order-own", ("--school", "Лукоморская СОШ")),
    ],
)
def test_a_parameter_that_the_paper_would_not_heed_is_refused(
    listed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    words: tuple[str, ...],
) -> None:
    out = tmp_path / "бумага.docx"
    code, _, err = ran(capsys, "export", kind, "--out", out, "--year", 2025, "--db", listed, *words)
    assert (code, f"Уберите параметр {words[0]}" in err) == (2, True)
    assert not out.exists()
