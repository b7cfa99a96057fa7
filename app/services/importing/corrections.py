"""Cells that a person corrected and findings let pass: put over the file again, and remembered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models import intake
from app.models.enums import Severity
from app.services.importing.grid import CellValue, Sheet, Workbook, clean, column_index
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import (
    CorrectedCell,
    Correction,
    Decisions,
    Finding,
    FindingKey,
)
from app.services.importing.stage import StagedFile

Cells = Mapping[tuple[str, str], Correction]
"""Corrections of one file by sheet and cell."""

_MARGIN = 50
"""So many rows below the last one of a sheet may be filled by a correction."""
_MOST_COLUMNS = 1_000
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?")


def decided(decisions: Decisions, path: str) -> Cells:
    """Return the corrections of one file among the decisions."""
    return {
        (sheet, cell): one
        for (file, sheet, cell), one in decisions.corrections.items()
        if file == path
    }


def cells_of(
    session: Session, files: Iterable[StagedFile], decisions: Decisions
) -> dict[str, Cells]:
    """Return the corrections of each file by its path: those decided now over the remembered."""
    staged = [file for file in files if file.sha256]
    known = remembered(session, [file.sha256 for file in staged])
    found = {
        file.path: {**known.get(file.sha256, {}), **decided(decisions, file.path)}
        for file in staged
    }
    return {path: cells for path, cells in found.items() if cells}


def require_sound(decisions: Decisions, files: Iterable[LoadedFile]) -> None:
    """Refuse corrections without a reason, of no cell, or of a column with personal data."""
    personal = {
        (file.path, column.sheet, column.column): column.first_row
        for file in files
        for sheet in file.sheets
        for column in sheet.extract.personal
    }
    for (path, sheet, cell), one in decisions.corrections.items():
        row, column = place_of(cell)
        if not one.reason.strip():
            raise UserError(f"Исправление ячейки {cell} без причины.", "Напишите причину.")
        if row >= personal.get((path, sheet, column), row + 1):
            raise UserError(
                f"Ячейка {cell} стоит в столбце с личными данными: он не загружается.",
                "Исправлять в нём нечего.",
            )


def place_of(cell: str) -> tuple[int, int]:
    """Return the 0-based row and column of an address; UserError when it is none."""
    found = _CELL.fullmatch(cell)
    if found is None:
        raise UserError(f"«{cell}» – не адрес ячейки.", "Адрес пишется так: C9.")
    return int(found[2]) - 1, column_index(found[1])


def value_of(text: str) -> CellValue:
    """Return what a typed text means in a cell: a number, nothing, or a text.

    Digits with zeros in front stay a text: they are a code.
    """
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return text
    return float(text.replace(",", ".")) if re.search(r"[.,]", text) else int(text)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A book with the corrections put over its cells, and what stood there before.

    ``lost`` tells of corrections that found no place; none is left out silently.
    """

    workbook: Workbook
    cells: tuple[CorrectedCell, ...] = ()
    lost: tuple[Finding, ...] = ()


def correct(workbook: Workbook, cells: Cells) -> Corrected:
    """Put the corrections over the cells of a book."""
    if not cells:
        return Corrected(workbook)
    done: list[CorrectedCell] = []
    sheets: list[Sheet] = []
    for sheet in workbook.sheets:
        mine = {
            cell: one
            for (name, cell), one in cells.items()
            if name == sheet.name and _fits(sheet, cell)
        }
        sheets.append(_correct_sheet(sheet, mine, done) if mine else sheet)
    placed = {(one.sheet, one.cell) for one in done}
    lost = tuple(_lost(*place) for place in cells if place not in placed)
    return Corrected(replace(workbook, sheets=tuple(sheets)), tuple(done), lost)


def _fits(sheet: Sheet, cell: str) -> bool:
    row, column = place_of(cell)
    return row < sheet.height + _MARGIN and column < _MOST_COLUMNS


def _lost(sheet: str, cell: str) -> Finding:
    message = f"Исправление ячейки {cell} не применено: на листе «{sheet}» такого места нет."
    return Finding(Severity.WARNING, message, "Уберите это исправление.", sheet, cell)


def _correct_sheet(
    sheet: Sheet, cells: Mapping[str, Correction], done: list[CorrectedCell]
) -> Sheet:
    rows = list(sheet.rows)
    for cell, one in cells.items():
        row, column = place_of(cell)
        old = clean(sheet.at(row, column))
        rows.extend([] for _ in range(row + 1 - len(rows)))
        values = [*rows[row], *[None] * (column + 1 - len(rows[row]))]
        if one.new != old:
            values[column] = value_of(one.new)
        rows[row] = values
        done.append(CorrectedCell(sheet.name, cell, old, one.new, one.reason))
    return replace(sheet, rows=rows)


def applied(file: LoadedFile) -> Cells:
    """Return the corrections that the file was read with."""
    return {(c.sheet, c.cell): Correction(c.new, c.reason) for c in file.corrections}


# What is remembered of files by their SHA-256.


def in_force(rows: Iterable[intake.Correction]) -> list[intake.Correction]:
    """Return the corrections in force among ``rows``: the newest of each cell, oldest first.

    One whose value is the file's own takes the earlier ones back.
    """
    newest: dict[tuple[str, str, str], intake.Correction] = {}
    for row in rows:
        place = (row.sha256, row.sheet, row.cell)
        newest.pop(place, None)
        newest[place] = row
    return [row for row in newest.values() if row.new != row.old]


def remembered(
    session: Session, hashes: Collection[str]
) -> dict[str, dict[tuple[str, str], Correction]]:
    """Return the corrections in force of each file, by its SHA-256."""
    found: dict[str, dict[tuple[str, str], Correction]] = {}
    query = select(intake.Correction).where(intake.Correction.sha256.in_(sorted(set(hashes))))
    for row in in_force(session.scalars(query.order_by(intake.Correction.id))):
        found.setdefault(row.sha256, {})[row.sheet, row.cell] = Correction(row.new, row.reason)
    return found


def store(session: Session, files: Sequence[LoadedFile], moment: datetime) -> int:
    """Remember the corrections of the files; return how many are new."""
    known = remembered(session, [file.sha256 for file in files if file.corrections])
    count = 0
    for file in files:
        for one in file.corrections:
            before = known.get(file.sha256, {}).get((one.sheet, one.cell))
            same = before == Correction(one.new, one.reason)
            if same or (before is None and not one.changes):
                continue
            values = {"sheet": one.sheet, "cell": one.cell, "old": one.old, "new": one.new}
            session.add(
                intake.Correction(sha256=file.sha256, reason=one.reason, made_at=moment, **values)
            )
            count += 1
    return count


def confirmed(
    session: Session, hashes: Collection[str]
) -> dict[str, dict[tuple[str, str, str], str]]:
    """Return the notes of the findings let pass, of each file, by sheet, cell and message."""
    table = intake.ConfirmedFinding
    found: dict[str, dict[tuple[str, str, str], str]] = {}
    query = select(table).where(table.sha256.in_(sorted(set(hashes)))).order_by(table.id)
    for row in session.scalars(query):
        found.setdefault(row.sha256, {})[row.sheet, row.cell, row.message] = row.note
    return found


def notes_of(
    file: LoadedFile, known: Mapping[tuple[str, str, str], str], decisions: Decisions
) -> dict[FindingKey, str]:
    """Return the notes of one file's findings: the remembered ones under those decided now."""
    notes = {(file.path, *key): note for key, note in known.items()}
    return notes | {key: note for key, note in decisions.confirmed.items() if key[0] == file.path}


def store_confirmed(
    session: Session, file: LoadedFile, findings: Iterable[Finding], moment: datetime
) -> int:
    """Remember which soft findings of a file a person lets pass; return how many are new.

    An empty note takes an earlier one back.
    """
    soft = [one for one in findings if one.soft]
    known = confirmed(session, [file.sha256]).get(file.sha256, {}) if soft else {}
    count = 0
    for one in soft:
        _, sheet, cell, message = one.key(file.path)
        if known.get((sheet, cell, message), "") != one.note:
            where = {"sha256": file.sha256, "sheet": sheet, "cell": cell, "message": message}
            session.add(intake.ConfirmedFinding(**where, note=one.note, made_at=moment))
            count += 1
    return count
