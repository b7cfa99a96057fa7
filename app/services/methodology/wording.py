"""Russian for numbers, shares and procedures, as the sentences of a verdict need it."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from app.models.enums import AssessmentKind
from app.services import decimals
from app.services.methodology.types import ProcedureKey
from app.services.russian import counted, inside, plural

_BY_WORD = (
    "", "одной", "двум", "трём", "четырём", "пяти", "шести", "семи", "восьми", "девяти", "десяти",
)  # fmt: skip
_RUNNING = {2: "два года подряд", 3: "три года подряд", 4: "четыре года подряд"}


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


def rounded(value: Fraction, digits: int = 1) -> str:
    """Return a number with a decimal comma, halves away from zero: 42,9."""
    return decimals.fixed(value, digits)


def told_apart(value: Fraction, other: Fraction) -> str:
    """Return an index with as many decimals as tell it from the other one: 30,1; 30,04.

    Two that are not equal never read alike, be it at the tenth decimal: they decide otherwise.
    """
    digits = 1
    while value != other and rounded(value, digits) == rounded(other, digits):
        digits += 1
    return rounded(value, digits)


@lru_cache(maxsize=512)
def procedure_title(procedure: ProcedureKey) -> str:
    """Return «ВПР, математика, 4 класс»; ОГЭ and ЕГЭ are held in one grade each, so without it."""
    subject = inside(procedure.subject)
    if procedure.kind is AssessmentKind.VPR:
        return f"{procedure.kind}, {subject}, {procedure.grade} класс"
    return f"{procedure.kind}, {subject}"


class Figures(NamedTuple):
    """How many of how many; ``below`` None where only a share is known."""

    below: int | None
    participants: int
    exact: bool


def figures(of: Figures, share: Fraction, *limits: Fraction) -> str:
    """Return «3 из 7 (42,9 %)»; «около» where the count is approximate.

    ``limits`` are those that the share must not seem to reach, nor to miss.
    """
    percent = f"{decimals.share(share, *limits)} %"
    if of.below is None:
        return f"{percent} из {of.participants}"
    about = "" if of.exact else "около "
    return f"{about}{of.below} из {of.participants} ({percent})"
