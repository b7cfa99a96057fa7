"""Russian for numbers, shares and procedures, as the sentences of a verdict need it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from app.models.enums import AssessmentKind
from app.services.methodology.types import ProcedureKey
from app.services.russian import counted, plural

_BY_WORD = (
    "", "одной", "двум", "трём", "четырём", "пяти", "шести", "семи", "восьми", "девяти", "десяти",
)  # fmt: skip
_RUNNING = {2: "два года подряд", 3: "три года подряд", 4: "четыре года подряд"}
_MOST_DIGITS = 6


def participants(number: int) -> str:
    """Return «1 участник», «2 участника», «5 участников»."""
    return counted(number, "участник", "участника", "участников")


def by_procedures(number: int) -> str:
    """Return «по одной процедуре», «по двум процедурам», «по 21 процедуре»."""
    word = _BY_WORD[number] if 0 < number < len(_BY_WORD) else str(number)
    noun = plural(number, "процедуре", "процедурам", "процедурам")
    return f"по {word} {noun}"


def years_running(number: int) -> str:
    """Return «два года подряд», «5 лет подряд»."""
    return _RUNNING.get(number) or f"{counted(number, 'год', 'года', 'лет')} подряд"


def number(value: Decimal) -> str:
    """Return a setting as people write it: 30, 33,3."""
    text = format(value.normalize(), "f")
    return text.replace(".", ",")


def rounded(value: Fraction, digits: int = 1) -> str:
    """Return a number with a decimal comma, halves away from zero: 42,9."""
    return _written(_round(value, digits), digits)


def share_text(share: Fraction, threshold: Fraction) -> str:
    """Return a share in per cent with as many decimals as keep it on its side of the threshold.

    One decimal is usual; 29,96 would read as 30,0 and look low, so it stays 29,96.
    """
    low = share >= threshold
    for digits in range(1, _MOST_DIGITS):
        units = _round(share, digits)
        if (units * threshold.denominator >= threshold.numerator * 10**digits) == low:
            break
    return f"{_written(units, digits)} %"


@lru_cache(maxsize=512)
def procedure_title(procedure: ProcedureKey) -> str:
    """Return «ВПР, математика, 4 класс»; ОГЭ and ЕГЭ are held in one grade each, so without it."""
    subject = procedure.subject[:1].lower() + procedure.subject[1:]
    if procedure.kind is AssessmentKind.VPR:
        return f"{procedure.kind}, {subject}, {procedure.grade} класс"
    return f"{procedure.kind}, {subject}"


class Figures(NamedTuple):
    """How many of how many; ``below`` None where only a share is known."""

    below: int | None
    participants: int
    exact: bool


def figures(of: Figures, share: Fraction, threshold: Fraction) -> str:
    """Return «3 из 7 (42,9 %)»; «около» where the count is approximate."""
    percent = share_text(share, threshold)
    if of.below is None:
        return f"{percent} из {of.participants}"
    about = "" if of.exact else "около "
    return f"{about}{of.below} из {of.participants} ({percent})"


def _round(value: Fraction, digits: int) -> int:
    """Return the number in units of its last decimal; whole numbers, for speed and exactness."""
    units = 2 * abs(value.numerator) * 10**digits + value.denominator
    size: int = units // (2 * value.denominator)
    return -size if value.numerator < 0 else size


def _written(units: int, digits: int) -> str:
    sign = "-" if units < 0 else ""
    text = str(abs(units)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]},{text[-digits:]}"
