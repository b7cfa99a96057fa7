"""Words where a number of participants should stand: the school waits for nobody."""

from __future__ import annotations

import pytest

from app.models.enums import Severity
from app.services.importing.facts import Extract
from app.services.importing.layouts import gia_marks, rcoi_summary, regional_flat, success_rates
from app.services.importing.layouts.contract import Layout
from tests.importing.layouts import layout_sheets
from tests.importing.layouts.layout_sheets import errors, sheet

FLAT = ("Год;Класс;Предмет;Логин;ОО;Кол-во участников;2;3;4;5",)
ONE = "2025;8;Физика;edu990001;СОШ № 1;20;10;40;30;20"


def results(extract: Extract) -> list[tuple[str, int]]:
    """Return the name of each school with its participants."""
    facts = layout_sheets.results(extract)
    return [(fact.ref.called, fact.marks.participants) for fact in facts]


def warnings(extract: Extract) -> list[tuple[str | None, str]]:
    """Return the cell and the text of every warning."""
    return [(one.cell, one.message) for one in extract.problems if one.severity is Severity.WARNING]


@pytest.mark.parametrize("word", ["менее 10", "*", "<10", "Скрыто", "мало", "до 5 чел."])
@pytest.mark.parametrize("marks", ["*;*;*;*", ";;;", "10;40;30;20"])
def test_a_hidden_result_is_told_and_keeps_no_file(word: str, marks: str) -> None:
    hidden = f"2025;8;Физика;edu990002;СОШ № 2;{word};{marks}"
    extract = regional_flat.LAYOUT.extract(sheet(*FLAT, ONE, hidden))
    assert results(extract) == [("СОШ № 1", 20)]
    assert not errors(extract.problems)
    assert warnings(extract) == [("F3", f"«СОШ № 2»: результат скрыт («{word}»), он не загружен.")]


@pytest.mark.parametrize(
    "word", ["не участвовали", "Не участвовала", "нет", "нет выпускников", "не проводилась"]
)
def test_a_school_that_took_no_part_is_told_and_keeps_no_file(word: str) -> None:
    nobody = f"2025;8;Физика;edu990002;СОШ № 2;{word};-;-;-;-"
    extract = regional_flat.LAYOUT.extract(sheet(*FLAT, ONE, nobody))
    assert results(extract) == [("СОШ № 1", 20)]
    assert not errors(extract.problems)
    message = f"«СОШ № 2»: «{word}» – участников нет, результата тоже."
    assert warnings(extract) == [("F3", message)]


def test_who_took_no_part_has_no_marks() -> None:
    row = "2025;8;Физика;edu990002;СОШ № 2;не участвовали;10;40;30;20"
    extract = regional_flat.LAYOUT.extract(sheet(*FLAT, ONE, row))
    assert [one.cell for one in errors(extract.problems)] == ["F3"]


def test_of_hidden_marks_the_participants_are_left() -> None:
    row = "2025;8;Физика;edu990002;СОШ № 2;7;*;40;*;20"
    extract = regional_flat.LAYOUT.extract(sheet(*FLAT, ONE, row))
    assert results(extract) == [("СОШ № 1", 20), ("СОШ № 2", 7)]
    assert ("G3", "«СОШ № 2»: отметки скрыты («*»).") in warnings(extract)


@pytest.mark.parametrize(
    ("layout", "rows", "cell"),
    [
        (success_rates.LAYOUT, ("ВПР 2025. Физика. 8 класс", "ОО;Писали;Успеваемость, %"), "B4"),
        (rcoi_summary.LAYOUT, ("ЕГЭ 2025. Физика", "ОО;Участников;Средний балл;Ниже порога"), "B4"),
        (gia_marks.LAYOUT, ("ОГЭ 2025. Физика", "ОО;Участников;2;3;4;5"), "B4"),
    ],
)
def test_every_table_of_results_says_it_alike(
    layout: Layout, rows: tuple[str, ...], cell: str
) -> None:
    width = rows[1].count(";") - 1
    one = {1: "СОШ № 1;10;90", 2: "СОШ № 1;10;55;1", 4: "СОШ № 1;10;1;4;3;2"}[width]
    extract = layout.extract(sheet(*rows, one, "СОШ № 2;менее 5" + ";*" * width))
    assert results(extract) == [("СОШ № 1", 10)]
    assert not errors(extract.problems)
    assert (cell, "«СОШ № 2»: результат скрыт («менее 5»), он не загружен.") in warnings(extract)
