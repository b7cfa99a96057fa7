"""What one cell says: a number with its decimals, a code of a school, a note of absence."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from app.models.enums import CodeSystem
from app.services.importing.grid import CellError, CellValue, UncachedFormula, clean

_NUMBER = re.compile(r"(?P<sign>[-−–+]?)(?P<whole>\d[\d ]*)(?:[.,](?P<part>\d+))?\s*(?P<unit>%?)")
_UNIT = re.compile(r"\s*(?:чел|уч|об-?ся)\w*\.?$", re.IGNORECASE)
_QUOTES = "\"'«»“”„`’"
_EMPTY = {"", "-", "–", "—", "−", "--", "x", "х", "n/a", "н/д", "нд", "nan", "null", "none", "…"}
_ABSENT = re.compile(
    r"не\s*яв|неяв|отсут|удал[её]н|не\s*заверш|не\s*допущ|аннулир|не\s*участв|не\s*писал|не\s*сдавал"
    r"|нет\s*(?:отметки|оценки|балла|данных|результата)|^н/?я$|^нет$|болел|освобожд",
    re.IGNORECASE,
)
_TO_LATIN = str.maketrans("аеорсхукмтнвАЕОРСХУКМТНВ", "aeopcxykmthbAEOPCXYKMTHB")
_LOGIN = re.compile(r"(?:edu|sch|[a-z]{2,5})\d{3,12}")
_DIGITS = re.compile(r"\d{2,8}")
_WRITTEN_FLOAT = re.compile(r"(\d{2,8})[.,]0+")
"""«2301.0»: a code that some program took for a number before it became text."""
_TOO_LARGE = 1e12
"""No table of a district counts so much; such a number is a slip, and its digits fill a page."""
_MAX_DECIMALS = 4
"""A share computed by Excel has 15 digits; four decimals of a per cent are more than exact."""


@dataclass(frozen=True, slots=True)
class Number:
    """A cell read as a number; an empty cell has neither a value nor a fault.

    ``fault`` is a Russian clause that says what stands there instead of a number; ``decimals`` is
    how many decimals are seen, ``percent`` whether a per cent sign stands beside.
    """

    value: float | None = None
    decimals: int = 0
    fault: str | None = None
    percent: bool = False

    @property
    def whole(self) -> int | None:
        """The value when it is a whole number, else None."""
        if self.value is None or not self.value.is_integer():
            return None
        return int(self.value)


def value_fault(value: CellValue) -> str | None:
    """Return a Russian clause when the cell holds no value at all but an error, else None."""
    if isinstance(value, CellError):
        return f"стоит ошибка {value.text}"
    if isinstance(value, UncachedFormula):
        return "стоит формула, которую ни разу не посчитали"
    return None


def is_empty(value: CellValue) -> bool:
    """Return whether the cell says nothing: blank, a dash, «х», «н/д»."""
    if value is None:
        return True
    if type(value) is str:
        return _is_empty_text(value)
    return isinstance(value, float) and math.isnan(value)


@lru_cache(maxsize=16384)
def _is_empty_text(text: str) -> bool:
    return clean(text).strip(_QUOTES).casefold() in _EMPTY


def absence(value: CellValue) -> str | None:
    """Return how the cell says that there is no result («не явился», «х», «—», «»), else None."""
    if value_fault(value):
        return None
    text = clean(value)
    if is_empty(value):
        return text or "пусто"
    return text if _ABSENT.search(text) else None


def read_number(value: CellValue) -> Number:
    """Read a cell as a number, decimal comma and spaces between thousands allowed."""
    # The exact types of nearly all cells of a table; a bool is no int here.
    if value is None:
        return Number()
    if type(value) is int:
        return _plain_number(float(value))
    if type(value) is float:
        return _plain_number(value)
    fault = value_fault(value) or _type_fault(value)
    if fault:
        return Number(fault=fault)
    if isinstance(value, (int, float)):
        return _plain_number(float(value))
    return _text_number(clean(value))


def _type_fault(value: CellValue) -> str | None:
    if isinstance(value, bool):
        return "стоит логическое значение вместо числа"
    if isinstance(value, (datetime, date, time, timedelta)):
        return f"стоит дата или время «{clean(value)}» вместо числа"
    return None


@lru_cache(maxsize=16384)
def _plain_number(value: float) -> Number:
    # Kept, for the shares and scores of a stick are few numbers that come again and again.
    if math.isnan(value):
        return Number()
    if math.isinf(value):
        return Number(fault="стоит бесконечность вместо числа")
    if abs(value) >= _TOO_LARGE:
        return Number(fault=f"стоит невозможно большое число ({value:.0e})")
    if value.is_integer():
        return Number(value + 0.0)  # makes -0.0, which equals 0.0 and would be kept for it, 0.0
    text = f"{value:.{_MAX_DECIMALS}f}".rstrip("0")
    return Number(value, len(text.partition(".")[2]))


def _text_number(text: str) -> Number:
    bare = _UNIT.sub("", text.strip(_QUOTES).strip())
    if bare.casefold() in _EMPTY:
        return Number()
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return Number(fault=f"стоит текст «{shorten(text)}» вместо числа")
    part = match["part"] or ""
    value = float(match["whole"].replace(" ", "") + "." + (part or "0"))
    if value >= _TOO_LARGE:
        return _plain_number(value)
    negative = match["sign"] in ("-", "−", "–")
    decimals = min(len(part), _MAX_DECIMALS)
    return Number(-value if negative else value, decimals, percent=bool(match["unit"]))


def shorten(text: str, limit: int = 40) -> str:
    """Return the text cut to ``limit`` characters for a message."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def fold_login(text: str) -> str:
    """Return a code without spaces, small, Cyrillic look-alikes turned into Latin letters."""
    bare = "".join(text.split()).strip(_QUOTES)
    return bare.translate(_TO_LATIN).casefold() if not bare.isdigit() else bare


def school_code(value: CellValue) -> tuple[CodeSystem, str] | None:
    """Return the code that the cell holds and its system, told by its form, or None.

    A login of ФИС ОКО is letters with digits (``edu073000``, ``sch77171506``); a code of the РЦОИ
    is digits only (domain.md §4).
    """
    if is_empty(value) or value_fault(value) or isinstance(value, (bool, date, time, timedelta)):
        return None
    return _code_of_text(clean(value))


@lru_cache(maxsize=16384)
def _code_of_text(text: str) -> tuple[CodeSystem, str] | None:
    code = fold_login(text)
    written = _WRITTEN_FLOAT.fullmatch(code)
    if written:
        return CodeSystem.RCOI, written[1]
    if _LOGIN.fullmatch(code):
        return CodeSystem.FISOKO, code
    return (CodeSystem.RCOI, code) if _DIGITS.fullmatch(code) else None


def was_number(value: CellValue) -> bool:
    """Return whether a code went through a spreadsheet as a number, which takes zeros in front."""
    return not isinstance(value, str) or bool(_WRITTEN_FLOAT.fullmatch(fold_login(value)))


def code_width(codes: Iterable[str]) -> int:
    """Return the length that the digit codes of a column share, 0 when they have no common one.

    Excel turns ``01307`` into the number 1307; a column whose longest codes are the rule shows
    how many zeros were lost.
    """
    lengths = Counter(len(code) for code in codes if code.isdigit())
    if not lengths:
        return 0
    longest = max(lengths)
    return longest if 2 * lengths[longest] >= lengths.total() else 0


def with_zeros(code: str, width: int) -> str:
    """Return a digit code with the leading zeros that Excel took away."""
    return code.zfill(width) if code.isdigit() else code


def compact_rows(rows: Iterable[int]) -> str:
    """Return 1-based rows as a short list: ``3,8-12``."""
    parts: list[list[int]] = []
    for row in sorted(set(rows)):
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in parts)


def last_row(rows: str) -> int:
    """Return the last 1-based row of a list that ``compact_rows`` wrote; 0 for none."""
    return int(rows.replace("-", ",").rpartition(",")[2] or 0)


def expand_rows(rows: str) -> tuple[int, ...]:
    """Return the 1-based rows of a list that ``compact_rows`` wrote."""
    result: list[int] = []
    for part in filter(None, rows.split(",")):
        first, _, last = part.partition("-")
        result.extend(range(int(first), int(last or first) + 1))
    return tuple(result)
