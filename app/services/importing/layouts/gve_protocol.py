"""ГВЭ, protocol of the РЦОИ: recognised and told, deliberately not stored.

The rule that finds schools speaks of ВПР, ОГЭ and ЕГЭ.  The ГВЭ is sat by single pupils with
disabilities: one school's aggregate would be that pupil's mark and health.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet, address, clean
from app.services.importing.layouts import protocols
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import has_any
from app.services.importing.tables import Header, is_total, key

_ROWS = 40
"""How many filled rows are looked at: titles, headers and the first labels."""
_SIGNS = (
    re.compile(r"гвэ|государственн\w*выпускн\w*экзамен"),
    re.compile(r"фамилия|первичныйбалл|оценка|отметка"),
    re.compile(r"код(?:оо|оу)|наименование(?:оо|оу)|образовательнаяорганизация"),
)


def recognise(sheet: Sheet) -> float:
    """Return the confidence: «ГВЭ» in a title or in the sheet's name, above a list of pupils."""
    shown = {sheet.name, *(text for row in _top(sheet) for _, text in sheet.line(row))}
    signs = {place for text in shown for place in _signs(text)}
    return 0.97 if len(signs) == len(_SIGNS) else 0.0


@lru_cache(maxsize=8192)
def _signs(text: str) -> tuple[int, ...]:
    # Kept: the first rows of many files say the same.
    folded = key(text)
    return tuple(place for place, sign in enumerate(_SIGNS) if sign.search(folded))


def extract(sheet: Sheet) -> Extract:
    """Return no facts; the sentence says how many pupils there are and why they do not count."""
    findings = Findings(sheet)
    header = protocols.find(sheet)
    pupils, schools = _counted(sheet, header) if header else (0, 0)
    told = f": участников {pupils}, школ {schools}" if pupils else ""
    findings.sheet_warning(
        f"Это результаты ГВЭ{told}. Они не загружены: правило отбора школ говорит о ВПР, ОГЭ и "
        "ЕГЭ, и ГВЭ в нём не считается.",
        "ГВЭ сдают единицы, и по числам школы был бы узнан ученик. Остальные файлы и листы это "
        "не задерживает.",
        address(header.first, 0) if header else None,
    )
    headers = [header] if header else [_as_header(sheet, row) for row in _top(sheet)]
    personal = personal_columns(sheet, headers)
    return Extract((), findings.problems, 0, personal, blank=True, refused=True)


def _counted(sheet: Sheet, header: Header) -> tuple[int, int]:
    """Return how many rows are pupils, and of how many schools."""
    names = ("code", "rcoi", "fisoko", "name")
    columns = [header.columns[name] for name in names if name in header.columns][:1]
    rows = [
        row
        for row in sheet.filled_rows(header.last + 1)
        if has_any(sheet, row, columns) and not is_total(sheet, row)
    ]
    return len(rows), len({clean(sheet.at(row, columns[0])) for row in rows})


def _top(sheet: Sheet) -> Iterator[int]:
    return (row for _, row in zip(range(_ROWS), sheet.filled_rows(), strict=False))


def _as_header(sheet: Sheet, row: int) -> Header:
    return Header(row, row, {}, {c: text for c, text in enumerate(sheet.texts(row)) if text})


LAYOUT = Layout("gve_protocol", "ГВЭ: протокол РЦОИ", recognise, extract)
