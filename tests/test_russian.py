"""Nouns agree with the numbers before them, everywhere by one rule."""

from __future__ import annotations

import pytest

from app.services.russian import counted, listed, plural

SCHOOLS = ("школа", "школы", "школ")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 школ"),
        (1, "1 школа"),
        (2, "2 школы"),
        (4, "4 школы"),
        (5, "5 школ"),
        (10, "10 школ"),
        (11, "11 школ"),
        (12, "12 школ"),
        (14, "14 школ"),
        (19, "19 школ"),
        (20, "20 школ"),
        (21, "21 школа"),
        (22, "22 школы"),
        (25, "25 школ"),
        (101, "101 школа"),
        (104, "104 школы"),
        (111, "111 школ"),
        (112, "112 школ"),
        (1_000_003, "1000003 школы"),
    ],
)
def test_the_noun_agrees(number: int, text: str) -> None:
    assert counted(number, *SCHOOLS) == text
    assert plural(number, *SCHOOLS) == text.split()[1]


def test_a_change_downwards_agrees_too() -> None:
    """Of −1, −2, −5 and −11 the size decides."""
    assert [plural(number, *SCHOOLS) for number in (-1, -2, -5, -11)] == [
        "школа", "школы", "школ", "школ",
    ]  # fmt: skip


def test_titles_in_a_list_lose_their_capitals_but_abbreviations_do_not() -> None:
    assert listed(["Социальный паспорт", "Кадры", "ВПР", "ГИА-9"]) == (
        "Социальный паспорт, кадры, ВПР, ГИА-9"
    )
    assert listed([]) == ""
