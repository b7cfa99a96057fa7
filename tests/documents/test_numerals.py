"""Numbers in words: every shape of Russian numerals, and the nouns that agree with them."""

from __future__ import annotations

import pytest

from app.services.documents.language import Agreement
from app.services.documents.numerals import genitive, in_number

FEMININE, MASCULINE = Agreement.FEMININE, Agreement.MASCULINE


@pytest.mark.parametrize(
    ("number", "gender", "words"),
    [
        (0, FEMININE, "нуля"),
        (1, FEMININE, "одной"),
        (1, MASCULINE, "одного"),
        (7, FEMININE, "семи"),
        (11, FEMININE, "одиннадцати"),
        (20, FEMININE, "двадцати"),
        (21, FEMININE, "двадцати одной"),
        (44, MASCULINE, "сорока четырёх"),
        (90, MASCULINE, "девяноста"),
        (100, MASCULINE, "ста"),
        (101, MASCULINE, "ста одного"),
        (219, MASCULINE, "двухсот девятнадцати"),
        (1000, MASCULINE, "одной тысячи"),
        (2015, MASCULINE, "двух тысяч пятнадцати"),
        (21_001, MASCULINE, "двадцати одной тысячи одного"),
        (999_999, FEMININE, "девятисот девяноста девяти тысяч девятисот девяноста девяти"),
    ],
)
def test_numbers_in_the_genitive(number: int, gender: Agreement, words: str) -> None:
    assert genitive(number, gender) == words


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_numbers_that_have_no_words_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        genitive(number, FEMININE)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1 (одной) школы"), (4, "4 (четырёх) школ"), (7, "7 (семи) школ"),
     (11, "11 (одиннадцати) школ"), (21, "21 (двадцати одной) школы")],
)  # fmt: skip
def test_the_noun_agrees_with_the_number(number: int, shown: str) -> None:
    made = in_number(number, FEMININE, "школы", "школ")
    assert made.replace("\N{NO-BREAK SPACE}", " ") == shown
