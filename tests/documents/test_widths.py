"""Widths of columns: by weight, and wide enough for what cannot be broken."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.services.documents.pdf import fonts
from app.services.documents.pdf.wrap import Hyphens, Wrapper
from app.services.documents.tables import Align, Cell, Column, Table, leads
from app.services.documents.widths import align_of, column_widths, weight_of

ROOM, SIZE, SIDE = 400.0, 12.0, 4.0


def widths(table: Table, room: float = ROOM) -> list[float]:
    found = column_widths(table, room, SIZE, SIDE)
    assert sum(found) == pytest.approx(room)
    return found


def needed(word: str, font: str) -> float:
    return float(stringWidth(word, font, SIZE)) + 2 * SIDE


def test_without_long_words_the_weights_decide() -> None:
    table = Table((Column("а", 1.0), Column("б", 3.0)), (("да", "нет"),))
    assert widths(table) == [100.0, 300.0]


@pytest.mark.parametrize("number", ["2.10.11.", "01.09.2026", "100,00", "№12", "2022–2024"])
def test_a_number_is_not_cut(number: str) -> None:
    fonts.register()
    table = Table((Column("№", 1.0), Column("Мероприятие", 30.0)), ((number, "Выезд"),))
    assert widths(table)[0] >= needed(number, fonts.REGULAR)


def test_a_word_of_a_label_is_not_cut() -> None:
    fonts.register()
    label = Cell("Полное наименование", bold=True)
    table = Table((Column("", 10.0), Column("", 90.0)), ((label, "Школа"),), headed=False)
    assert widths(table)[0] >= needed("наименование", fonts.BOLD)


@pytest.mark.parametrize(
    "title", ["Ответственные", "Мероприятие", "ЩЮЖФЫШМ", "жюшщмыф", "Базовое", "Кол-во"]
)
def test_a_word_of_a_title_is_not_cut(title: str) -> None:
    fonts.register()
    table = Table(
        (Column("№ п/п", 1.0), Column(title, 0.5), Column("Итог", 40.0)), (("1", "", ""),)
    )
    assert widths(table)[1] >= max(needed(part, fonts.BOLD) for part in title.split("-"))


def test_every_letter_of_the_face_fits_its_measure() -> None:
    fonts.register()
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    for letter in f"{letters}{letters.upper()}0123456789.,:/+%–№abcdefghijklmnopqrstuvwxyz":
        table = Table((Column(letter * 5, 1.0), Column("и", 99.0)), ())
        assert widths(table)[0] >= needed(letter * 5, fonts.BOLD), letter


def test_where_there_is_no_room_for_all_words_the_weights_decide() -> None:
    table = Table(tuple(Column("Ответственные", weight) for weight in (1.0, 2.0, 1.0)), ())
    assert widths(table, 80.0) == [20.0, 40.0, 20.0]


def test_what_covers_several_columns_asks_nothing_of_one() -> None:
    wide = Cell("Продолжительность", columns=2)
    table = Table((Column("", 1.0), Column("", 1.0)), (("а", "б"),), head=((wide,), ("в", "г")))
    assert widths(table) == [200.0, 200.0]


def test_what_fits_a_line_of_its_own_is_not_parted_in_a_centred_cell() -> None:
    fonts.register()
    wrapper = Wrapper()
    room = wrapper.width("2022–2024 ежегод-", fonts.REGULAR) * SIZE
    term = "2022–2024 ежегодно"
    filled = wrapper.lines(term, fonts.REGULAR, SIZE, room, hyphens=Hyphens.FILL)
    assert filled == ("2022–2024 ежегод-", "но")
    whole = wrapper.lines(term, fonts.REGULAR, SIZE, room, hyphens=Hyphens.LONG)
    assert whole == ("2022–2024", "ежегодно")
    long = wrapper.lines("достопримечательность", fonts.REGULAR, SIZE, room, hyphens=Hyphens.LONG)
    assert len(long) == 2
    assert long[0].endswith("-")


def test_titles_side_by_side_lead_the_row_below() -> None:
    assert leads((Cell("Сильные стороны", bold=True), Cell("Слабые стороны", bold=True)), 2)
    assert leads((Cell("Раздел", columns=2),), 2)
    assert not leads((Cell("Всего", bold=True), "12"), 2)
    assert not leads(("а", "б"), 2)


def test_a_column_weighs_as_its_longest_cell_within_bounds() -> None:
    assert weight_of(["да", "нет"]) == weight_of([]) == 10.0
    assert weight_of(["x" * 60, "y"]) == 30.0
    assert weight_of(["x" * 500]) == 40.0


def test_numbers_and_terms_stand_in_the_middle() -> None:
    centred = ["№", "№ группы", "Срок", "Сроки", "Дата"]
    assert {align_of(title) for title in centred} == {Align.CENTER}
    assert align_of("Сроки и место") is align_of("Рекомендация") is Align.LEFT
