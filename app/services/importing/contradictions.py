"""Titles that say one thing and the name of the sheet or of the file another: told, titles win."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from app.models.enums import Severity
from app.services.importing import subjects
from app.services.importing.facts import Block, Procedure, RegisterFact
from app.services.importing.layouts.titles import grade_of, short_titles, year_of
from app.services.importing.loaded import LoadedSheet
from app.services.importing.plan import Finding

_DAY = re.compile(r"\d{1,2}[.\-_]\d\d[.\-_](?:20)?\d\d(?!\d)|20\d\d[.\-_]\d\d[.\-_]\d\d(?!\d)")
"""A day in a name is that of the making of the file."""
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SHORT_WORD = re.compile(r"(?<![^\W_])[А-ЯЁ]{2,3}(?![^\W\d_])")
"""«РУ», «МА»: ФИС ОКО shortens subjects so, with the grade beside or without."""
_PLACE = r"\d{1,2}(?!\d)\s*(?:[-–]?(?:ых|ые|ый|ой|ий|го|е|й|х)(?![а-я]))?\s*[«\"]?[а-я]?[»\"]?"
_BETWEEN = r"\s*(?:[-–—,;/+]|и|по)\s*"
_GRADES = re.compile(
    rf"(?<![\d.])(?:{_PLACE}{_BETWEEN})*{_PLACE}\s*(?:кл|параллел)"
    rf"|(?:класс\w*|параллел\w*)\s*(?:{_PLACE}{_BETWEEN})*{_PLACE}",
    re.IGNORECASE,
)
"""Grades in a list before or after the word."""
_RANGE = re.compile(r"(\d{1,2})\s*(?:[-–—]|по)\s*(\d{1,2})(?!\d)")
_NUMBER = re.compile(r"\d{1,2}")
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
    """Return what a name calls the subject instead; a name may list several, one of them it."""
    kind = procedure.kind
    found = subjects.all_inside(name, kind) or tuple(
        dict.fromkeys(subject for subject, _ in short_titles(name, kind))
    )
    short = (subjects.by_title(word, kind) for word in _SHORT_WORD.findall(name))
    named = (*found, *filter(None, short))
    if not found or any(subjects.alike(one, procedure.subject) for one in named):
        return None
    return " и ".join(found)


def _other_grade(name: str, procedure: Procedure) -> str | None:
    """Return what a name calls the grade instead; a name may list several: «5–6 классы»."""
    named = {grade for _, grade in short_titles(name, procedure.kind)} | _grades(name)
    named = named or {grade for grade in (grade_of(name),) if grade}
    if not named or procedure.grade in named:
        return None
    return f"{', '.join(map(str, sorted(named)))} класс"


def _grades(name: str) -> set[int]:
    """Return the grades of every list in a name: «5, 6 и 8 классы», «с 4 по 6 класс»."""
    found: set[int] = set()
    for match in _GRADES.finditer(_DAY.sub(" ", name)):
        numbers = [int(number) for number in _NUMBER.findall(match[0])]
        found.update(numbers)
        for part in _RANGE.finditer(match[0]):
            found.update(range(int(part[1]), int(part[2]) + 1))
    return found


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
