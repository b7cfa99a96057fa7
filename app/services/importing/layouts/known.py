"""Kinds of files that are recognised by name but not stored yet: told so, never «не распознан»."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.tables import Header, key

_ROWS = 40
"""How many filled rows are looked at: titles, headers and the first labels."""


@dataclass(frozen=True)
class _Kind:
    """A kind of file and its signs: every pattern must be found in some key of a cell.

    ``score`` is the confidence when all are; kinds with more signs are surer.
    """

    key: str
    title: str
    signs: tuple[str, ...]
    score: float


_KINDS = (
    _Kind("oge_appeals", "ОГЭ: результаты апелляций", ("^состояниеапелляции$",), 0.95),
    _Kind(
        "gve_protocol",
        "ГВЭ: протокол РЦОИ",
        ("гвэ", "^фамилия|^первичныйбалл", "^код(?:оо|оу)"),
        0.9,
    ),
)


def _keys(sheet: Sheet) -> list[str]:
    keys = [key(sheet.name)]
    for count, row in enumerate(sheet.filled_rows()):
        if count >= _ROWS:
            break
        keys.extend(key(text) for text in sheet.texts(row) if text)
    return keys


def _recognise(kinds: Sequence[_Kind], sheet: Sheet) -> float:
    keys = _keys(sheet)
    return max((kind.score for kind in kinds if _has_all(kind.signs, keys)), default=0.0)


def _has_all(signs: Sequence[str], keys: Sequence[str]) -> bool:
    return all(any(re.search(sign, text) for text in keys) for sign in signs)


def _extract(title: str, sheet: Sheet) -> Extract:
    """Return no facts: the kind is named, and that it is not stored is said plainly."""
    findings = Findings(sheet)
    findings.sheet_error(
        f"Вид файла узнан – «{title}», но программа его ещё не хранит.",
        "Файл не загружен; остальные файлы это не задерживает.",
    )
    return Extract((), findings.problems, 0, personal_columns(sheet, _headers(sheet)))


def _headers(sheet: Sheet) -> list[Header]:
    """Return the first rows as headers, so that columns with names of pupils are found."""
    rows = [row for _, row in zip(range(_ROWS), sheet.filled_rows(), strict=False)]
    return [
        Header(row, row, {}, {c: text for c, text in enumerate(sheet.texts(row)) if text})
        for row in rows
    ]


def _layouts() -> tuple[Layout, ...]:
    made: dict[str, Layout] = {}
    for kind in _KINDS:
        same = tuple(other for other in _KINDS if other.key == kind.key)
        recognise: Callable[[Sheet], float] = partial(_recognise, same)
        extract, surest = partial(_extract, kind.title), max(one.score for one in same)
        made[kind.key] = Layout(kind.key, kind.title, recognise, extract, up_to(surest))
    return tuple(made.values())


LAYOUTS = _layouts()
"""One layout per kind that is only named."""
