"""Numbers as papers write them: «в количестве 7 (семи) школ», «отнесены 2 школы»."""

from __future__ import annotations

from app.services.documents.language import NBSP, Agreement
from app.services.russian import plural

_ONE = {
    Agreement.MASCULINE: "одного",
    Agreement.FEMININE: "одной",
    Agreement.NEUTER: "одного",
    Agreement.PLURAL: "одних",
}
_BELOW_TWENTY = (
    "нуля", "", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти",
    "одиннадцати", "двенадцати", "тринадцати", "четырнадцати", "пятнадцати", "шестнадцати",
    "семнадцати", "восемнадцати", "девятнадцати",
)  # fmt: skip
_TENS = (
    "", "", "двадцати", "тридцати", "сорока", "пятидесяти", "шестидесяти", "семидесяти",
    "восьмидесяти", "девяноста",
)  # fmt: skip
_HUNDREDS = (
    "", "ста", "двухсот", "трёхсот", "четырёхсот", "пятисот", "шестисот", "семисот", "восьмисот",
    "девятисот",
)  # fmt: skip
_LARGEST = 999_999
"""More schools, pupils or thousands of roubles a district does not count in words."""


def genitive(number: int, gender: Agreement) -> str:
    """Return a whole number in words in the genitive: «семи», «двадцати одной».

    ValueError below zero and above 999 999.
    """
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"no words for {number}")
    thousands, rest = divmod(number, 1000)
    words = []
    if thousands:
        named = plural(thousands, "тысячи", "тысяч", "тысяч")
        words = [*_below_thousand(thousands, Agreement.FEMININE), named]
    if rest or not thousands:
        words += _below_thousand(rest, gender)
    return " ".join(words)


def in_number(number: int, gender: Agreement, one: str, many: str) -> str:
    """Return «7 (семи) школ» for «в количестве …»; ``one`` and ``many`` are in the genitive."""
    noun = plural(number, one, many, many)
    return f"{number}{NBSP}({genitive(number, gender)}) {noun}"


def _below_thousand(number: int, gender: Agreement) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [_HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        words.append(_TENS[tens])
        rest = units
    if rest or number == 0:
        words.append(_ONE[gender] if rest == 1 else _BELOW_TWENTY[rest])
    return words
