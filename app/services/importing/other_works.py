"""Tables of works that are no ВПР, ОГЭ or ЕГЭ: told by what they are called, nothing is taken.

A table of marks looks the same whatever was written: a school work, a rehearsal, a forecast.  Only
what calls it tells: its titles, the name of its sheet, of its file or folder.  A result of such a
work must neither stand beside the real one nor take its place.  The words are
``resources/layouts/other_works.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.models.enums import AssessmentKind, RecordKind, Severity
from app.services.importing.facts import (
    Block,
    Extract,
    Problem,
    RecordFact,
    RegisterFact,
    ResultFact,
)
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts.called import Called, Line, read_line
from app.services.importing.loaded import LoadedSheet
from app.services.source import first_row

_EXAMS = (AssessmentKind.OGE, AssessmentKind.EGE)
_FOLDERS = 2
"""So many folders above a file are about it; farther up lies the stick."""
_TITLE_CELLS = 6
"""A title has no more filled cells: label and value thrice."""
_LABELLED = 3
"""The last row above the data that has more cells is its header."""
_FIGURES = 2
"""A row of more numbers is one of data."""
_MOST_TITLES = 40
"""So many rows above a table are looked at."""
_PARAGRAPHS = 8
"""So many paragraphs above a table are its titles; what is farther up is text."""
_OF_WORKS = frozenset(
    {
        "fisoko_marks", "gia_marks", "oge_protocol", "ege_protocol", "regional_flat",
        "rcoi_summary", "oge_schools", "fisoko_individual", "vpr_raw", "vpr_raw_marked",
        "journal_comparison", "score_distribution", "task_results",
        "success_rates",
    }
)  # fmt: skip
"""Layouts of results: one that found no year or subject under such a title has nothing to ask."""


_ASSUMING = frozenset({"fisoko_marks", "oge_schools", "regional_flat"})
"""Layouts that take a table of marks for the ВПР, or the ОГЭ of grade 9, where nothing says what
was written."""
_ASSUMED = frozenset({AssessmentKind.VPR, AssessmentKind.OGE})


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A work that a table is called, where, and whether nothing is taken for it."""

    line: Line
    called: Called
    refused: bool


def only_real(sheet: Sheet, loaded: LoadedSheet, path: str, above: Iterable[str]) -> LoadedSheet:
    """Return the sheet without the tables that are called something other than ВПР, ОГЭ or ЕГЭ.

    ``path`` is that of the file with the folder that was brought in, ``above`` the paragraphs
    above the earlier tables of a document.  What is left out is told; of a table that names both
    the real assessment and such a work the person is warned.
    """
    extract = loaded.extract
    outside = (*_of_path(path), *_of_sheet(sheet, above))
    if not any(block.facts for block in extract.blocks):
        return _unread(sheet, loaded, outside)
    kept, verdicts, left = [], dict[str, _Verdict](), list[tuple[int, int]]()
    before: tuple[Line, ...] = ()
    assumed: AssessmentKind | None = None
    rows = [_first(block) for block in extract.blocks]
    for place, block in enumerate(extract.blocks):
        before = _titles(sheet, rows[:place], rows[place], _taken(block)) or before
        lines = (*before, *outside)
        if not any(line.named for line in lines):
            assumed = assumed or _assumed(loaded, block)
        verdict = _verdict(block, lines) if block.facts else None
        if verdict:
            verdicts.setdefault(f"{verdict.refused}{verdict.called.written}", verdict)
        if verdict and verdict.refused:
            left.append((rows[place], min((r for r in rows if r > rows[place]), default=1 << 30)))
        else:
            kept.append(block)
    if assumed and not any(verdict.refused for verdict in verdicts.values()):
        loaded = replace(loaded, problems=(_told_assumed(assumed), *loaded.problems))
    if not verdicts:
        return loaded
    return _without(loaded, kept, list(verdicts.values()), left)


def _assumed(loaded: LoadedSheet, block: Block) -> AssessmentKind | None:
    """Return the assessment that a table is taken for, were there no other name; None for none."""
    results = (fact for fact in block.facts[:1] if isinstance(fact, ResultFact))
    kind = next((fact.procedure.kind for fact in results), None)
    assumes = loaded.layout in _ASSUMING and "kind" not in block.columns
    return kind if assumes and kind in _ASSUMED else None


def _told_assumed(kind: AssessmentKind) -> Problem:
    return Problem(
        Severity.WARNING,
        f"Нигде не сказано, что это за работа: отметки приняты за {kind}.",
        f"Если это другая работа, отмените загрузку этого файла; если {kind}, допишите «{kind}» в "
        "заголовок.",
    )


def _without(
    loaded: LoadedSheet,
    kept: list[Block],
    verdicts: list[_Verdict],
    left: list[tuple[int, int]],
) -> LoadedSheet:
    told = tuple(_problem(one) for one in verdicts)
    if not any(block.facts for block in kept):
        return _refused(loaded, told)
    problems = tuple(
        one
        for one in loaded.problems
        if one.row is None or not any(first < one.row < after for first, after in left)
    )
    extract = replace(loaded.extract, blocks=tuple(kept))
    return replace(loaded, extract=extract, problems=(*told, *problems))


def _unread(sheet: Sheet, loaded: LoadedSheet, outside: tuple[Line, ...]) -> LoadedSheet:
    """Return a sheet of results that gave nothing for want of titles: nothing is asked of it."""
    if loaded.layout not in _OF_WORKS:
        return loaded
    lines = (*_titles(sheet, [], min(sheet.height, _MOST_TITLES)), *outside)
    kind = next((kind for line in lines for kind in line.named), AssessmentKind.VPR)
    verdict = _judged(kind, lines)
    if verdict is None or not verdict.refused:
        return loaded
    return _refused(loaded, (_problem(verdict),))


def _refused(loaded: LoadedSheet, told: tuple[Problem, ...]) -> LoadedSheet:
    extract = Extract((), told, 0, loaded.extract.personal, blank=True, refused=True)
    return replace(loaded, extract=extract, problems=told, data_row=loaded.first_row)


def _first(block: Block) -> int:
    return first_row(block.facts[0].rows) if block.facts else 0


def _verdict(block: Block, lines: tuple[Line, ...]) -> _Verdict | None:
    fact = block.facts[0]
    if isinstance(fact, RegisterFact) or fact.procedure is None:
        return None
    if isinstance(fact, RecordFact) and fact.kind is RecordKind.BIAS:
        return None
    if isinstance(fact, RecordFact) and fact.kind is RecordKind.JOURNAL:
        # It compares with the marks of a term, which its title may name.
        lines = tuple(
            replace(line, called=tuple(one for one in line.called if not one.word.quiet))
            for line in lines
        )
    return _judged(fact.procedure.kind, lines)


def _judged(kind: AssessmentKind, lines: tuple[Line, ...]) -> _Verdict | None:
    """Return what the lines call a table that was taken for an assessment of this kind."""
    named = any(kind in line.named for line in lines if line.cell is not None)
    anywhere = named or any(kind in line.named for line in lines)
    for line in lines:
        for called in line.called:
            refused = _is_refused(kind, line, called, named=named, anywhere=anywhere)
            if refused is not None:
                return _Verdict(line, called, refused)
    return None


def _is_refused(
    kind: AssessmentKind, line: Line, called: Called, *, named: bool, anywhere: bool
) -> bool | None:
    """Return whether a work keeps the table out; None where it says nothing of this table."""
    of_table = line.cell is not None
    if called.word.sure:
        if called.kinds and kind not in called.kinds:
            return None if anywhere else True
        return True if of_table or kind not in line.named else None
    if called.word.is_work and kind in _EXAMS and of_table:
        return True
    if called.word.quiet:
        assumed = of_table and kind is AssessmentKind.VPR and not anywhere
        return True if assumed else None
    if named:
        return None if kind in line.named and not of_table else False
    return True if of_table or kind not in line.named else None


def _problem(verdict: _Verdict) -> Problem:
    line, called = verdict.line, verdict.called
    cell = line.cell or None
    if not verdict.refused:
        return Problem(
            Severity.WARNING,
            f"Названо и «{called.written}» ({line.where}), а взято как ВПР, ОГЭ или ЕГЭ: так "
            "сказано над таблицей.",
            "Если это другая работа, отмените загрузку этого файла.",
            cell=cell,
        )
    why = called.word.why or "правило отбора школ говорит только о ВПР, ОГЭ и ЕГЭ"
    return Problem(
        Severity.WARNING,
        f"Это не ВПР, не ОГЭ и не ЕГЭ, а «{called.written}» ({line.where}). Из таблицы ничего не "
        f"взято: {why}.",
        "Если это всё же ВПР, ОГЭ или ЕГЭ, назовите её так в заголовке, в имени листа и файла и "
        "загрузите снова. Остальные таблицы и файлы это не задерживает.",
        cell=cell,
    )


def _taken(block: Block) -> frozenset[str]:
    """Return the letters of the columns that results were taken from."""
    return frozenset(place.strip("$").rstrip("0123456789$") for place in block.columns.values())


def _titles(
    sheet: Sheet, before: list[int], first: int, taken: frozenset[str] | None = None
) -> tuple[Line, ...]:
    """Return what the titles above a table say; its first row and those before it are 1-based.

    The title of a column that is not ``taken`` («Годовая отметка» beside that of the exam) says
    nothing of the others.
    """
    start = max((row for row in before if row < first), default=0)
    rows = range(max(start, first - 1 - _MOST_TITLES), first - 1)
    return tuple(_lines_of_rows(sheet, rows, taken))


def _lines_of_rows(sheet: Sheet, rows: range, taken: frozenset[str] | None) -> Iterator[Line]:
    for row in rows:
        if sheet.numbers[row] > _FIGURES or sheet.holds_more(row, _TITLE_CELLS):
            continue
        header = taken and row == rows[-1] and sheet.holds_more(row, _LABELLED)
        for column, text in sheet.line(row):
            if header and taken and column_letters(column) not in taken:
                continue
            said = read_line(text)
            if said:
                where = address(row, column)
                yield replace(said, where=f"ячейка {where}", cell=where)


def _of_sheet(sheet: Sheet, above: Iterable[str]) -> Iterator[Line]:
    """Yield what the name of a sheet says, and the nearest paragraph that says anything."""
    said = read_line(sheet.name)
    if said:
        yield replace(said, where="название листа", cell="")
    nearest = [*reversed(sheet.before[-_PARAGRAPHS:]), *[*reversed([*above])][:_PARAGRAPHS]]
    found = next(filter(None, map(read_line, nearest)), None)
    if found:
        yield replace(found, where="над таблицей", cell="")


def _of_path(path: str) -> Iterator[Line]:
    place = PurePosixPath(path)
    folders = [folder.name for folder in list(place.parents)[:_FOLDERS] if folder.name]
    for name, where in ((place.stem, "имя файла"), *((one, "имя папки") for one in folders)):
        said = read_line(name.replace("_", " "))
        if said:
            yield replace(said, where=where)
