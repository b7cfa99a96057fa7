"""Russian for the figures of the analysis."""

from __future__ import annotations

from fractions import Fraction

from app.models.enums import AssessmentKind
from app.services import decimals
from app.services.russian import counted, inside

NO_DATA = "нет данных"


def fixed(value: Fraction | float, digits: int) -> str:
    """Return a number with a decimal comma and so many decimals, halves away from zero."""
    return decimals.fixed(value, digits, decimals.MINUS)


def points_text(value: Fraction | float, *, signed: bool = True) -> str:
    """Return a change in percentage points: «+3,4», «−12,0»."""
    text = fixed(value, 1)
    return f"+{text}" if signed and value > 0 and text != "0,0" else text


def procedure_text(kind: AssessmentKind, subject: str, grade: int) -> str:
    """Return «ВПР, математика, 4 класс»; ОГЭ and ЕГЭ are held in one grade each."""
    small = inside(subject)
    # A no-break space: «4» and «класс» must not part in a narrow heading.
    of_grade = f", {grade}\N{NO-BREAK SPACE}класс" if kind is AssessmentKind.VPR else ""
    return f"{kind.value}, {small}{of_grade}"


def pupils(number: int) -> str:
    """Return «1 участник», «2 участника», «5 участников»."""
    return counted(number, "участник", "участника", "участников")
