"""Titles that say one thing and the name of the sheet or of the file another: told, titles win."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from app.models.enums import Severity
from app.services.importing import subjects
from app.services.importing.facts import Block, Procedure, RegisterFact
from app.services.importing.layouts.titles import grade_of, short_title, year_of
from app.services.importing.loaded import LoadedSheet
from app.services.importing.plan import Finding

_DAY = re.compile(r"\d{1,2}[.\-_]\d\d[.\-_](?:20)?\d\d(?!\d)|20\d\d[.\-_]\d\d[.\-_]\d\d(?!\d)")
"""A day in a name is that of the making of the file."""
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LANGUAGE = "Иностранный язык"
"""The name over all of them: a file of the English may be called so."""
_HINT = (
    "Проверьте, тот ли это файл. Если заголовок остался от другой таблицы, исправьте его и "
    "загрузите файл снова."
)

_Said = tuple[str, str | None]
"""What titles say in Russian, and the cell that says it."""


def contradictions(sheets: Sequence[LoadedSheet], path: str) -> Iterator[Finding]:
    """Yield what the names of sheets, and then of the file, say otherwise than the titles.

    A name is compared with what all tables under it say alike: that of a file with its sheets.
    Only what stands in a cell is compared, for the rest may come from that very name.
    """
    for one in sheets:
        yield from _compared("Название листа", one.sheet, [one])
    stem = PurePosixPath(path).stem.replace("_", " ")
    yield from _compared("Название файла", stem, sheets)


def _compared(what: str, name: str, sheets: Sequence[LoadedSheet]) -> Iterator[Finding]:
    blocks = [
        (sheet.sheet, block) for sheet in sheets for block in sheet.extract.blocks if block.facts
    ]
    others, titles, place = [], [], None
    for field, other in _PARTS.items():
        said = {_said(block, field) for _, block in blocks}
        procedures = [found for _, block in blocks if (found := _procedure(block))]
        if len({text for text, _ in filter(None, said)}) != 1 or None in said or not procedures:
            continue
        named = other(name, procedures[0])
        if named:
            text, cell = next(filter(None, said))
            others.append(named)
            titles.append(text)
            place = place or (blocks[0][0], cell)
    if place:
        yield Finding(
            Severity.WARNING,
            f"{what} говорит другое: «{name}» – {', '.join(others)}, а над таблицей – "
            f"{', '.join(titles)}. Взято то, что над таблицей.",
            _HINT,
            place[0],
            place[1],
        )


def _procedure(block: Block) -> Procedure | None:
    fact = block.facts[0]
    return None if isinstance(fact, RegisterFact) else fact.procedure


def _said(block: Block, field: str) -> _Said | None:
    """Return what the titles of a block say of its year, grade or subject; None without a cell."""
    procedure, place = _procedure(block), block.columns.get(field, "")
    if procedure is None or not place.startswith("$"):
        return None
    texts = {
        "subject": procedure.subject,
        "grade": f"{procedure.grade} класс",
        "year": f"{procedure.year} год",
    }
    return texts[field], place.replace("$", "")


def _other_subject(name: str, procedure: Procedure) -> str | None:
    short = short_title(name, procedure.kind)
    found = subjects.inside(name, procedure.kind) or (short[0] if short else None)
    if found is None or _alike(found, procedure.subject):
        return None
    return found


def _alike(one: str, other: str) -> bool:
    """Return whether one subject is a part of the other: a level of it, one of the languages."""
    languages = _LANGUAGE in (one, other) and one.endswith("язык") and other.endswith("язык")
    return languages or one.startswith(other) or other.startswith(one)


def _other_grade(name: str, procedure: Procedure) -> str | None:
    short = short_title(name, procedure.kind)
    found = grade_of(name) or (short[1] if short else None)
    return f"{found} класс" if found and found != procedure.grade else None


def _other_year(name: str, procedure: Procedure) -> str | None:
    text = _DAY.sub(" ", name)
    year = year_of(text)
    named = {year, *map(int, _YEARS.findall(text))}
    return f"{year} год" if year and procedure.year not in named else None


_PARTS: dict[str, Callable[[str, Procedure], str | None]] = {
    "subject": _other_subject,
    "grade": _other_grade,
    "year": _other_year,
}
