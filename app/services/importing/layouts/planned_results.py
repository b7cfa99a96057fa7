"""ФИС ОКО, «Достижение планируемых результатов» (L5): blocks of the programme by group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import AssessmentKind, RecordKind
from app.services.importing.cells import compact_rows, shorten
from app.services.importing.facts import Block, Extract, Procedure, RecordFact, SchoolRef
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fractions import as_percent, told_fractions
from app.services.importing.layouts.labels import Label, names_school, read_label, split_code
from app.services.importing.layouts.named import read_count, read_figure
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.row_procedures import procedure_context
from app.services.importing.layouts.wide import Wide, find_wide, repeats_header, wide_tables
from app.services.importing.tables import Vocabulary, filled_cells, fixed, key

_KIND = RecordKind.PLANNED
_WORDS = Vocabulary(
    number=r"№|№пп|номер(?:задания)?|№задания|задание",
    block=r"блоки?(?:пооп|фооп|ооп|фгос)\w*|планируемыерезультаты\w*|блокипланируемых\w*"
    r"|\w*планируемыхрезультатов|\w*обучающийсянаучится\w*",
    maximum=r"макс\w*балл\w*|максимальный(?:первичный)?балл|наибольшийбалл",
)
_OWN = re.compile(r"^(?:оо|школа|вшколе|образовательнаяорганизация)$")
_LONGEST = 160
"""Characters of a block's text that its figure is called by."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """A column of per cents and whose it is."""

    column: int
    label: Label
    cell: str


def recognise(sheet: Sheet) -> float:
    """Return the confidence: blocks of the programme in rows, groups in columns."""
    return 0.93 if find_wide(sheet, _WORDS, _accepts) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return a record per column: the school, the district, the region, the country."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    rows_read = 0
    for table in wide_tables(sheet, _WORDS, _accepts):
        context = procedure_context(sheet, table)
        where = address(table.header.first, 0)
        procedure = procedure_of(AssessmentKind.VPR, context, findings, where)
        owners = _owners(sheet, table, findings)
        names = _names(sheet, table, [owner.column for owner in owners], remarks)
        rows_read += len(names)
        if procedure:
            shares = [owner.column for owner in owners]
            parts = told_fractions(sheet, list(names), shares, findings)
            made = (_block(sheet, table, owner, names, parts, findings) for owner in owners)
            blocks.extend(_owned(sheet.name, one, procedure, context) for one in made if one)
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _accepts(table: Wide) -> bool:
    return "block" in table.header.columns and bool(table.others())


def _owners(sheet: Sheet, table: Wide, findings: Findings) -> list[_Owner]:
    """Return whose each column is; «ОО» is the school that the titles name."""
    owners = []
    for column in table.others():
        text = table.paths[column][0]
        cell = fixed(table.header.first, column)
        label = read_label(text, False)
        if label.scope is None and not label.coded and not names_school(text):
            found = _titled_school(sheet, table) if _OWN.match(key(text)) else None
            if found is None:
                findings.sheet_warning(
                    f"Столбец «{text}»: непонятно, чьи это проценты; он не загружен.",
                    "Назовите в заголовке школу (с кодом), муниципалитет, регион или РФ.",
                    cell.replace("$", ""),
                )
                continue
            label, cell = found
        elif label.scope is None and _OWN.match(key(text)):
            found = _titled_school(sheet, table)
            label, cell = found or (label, cell)
        owners.append(_Owner(column, label, cell))
    return owners


def _titled_school(sheet: Sheet, table: Wide) -> tuple[Label, str] | None:
    """Return the school that stands above the table, with its cell."""
    for row in table.titles:
        for column, text in filled_cells(sheet, row):
            code, name = split_code(text)
            if code or names_school(text):
                ref = SchoolRef((code,) if code else (), name or None)
                return Label(ref, name=name), fixed(row, column)
    return None


def _names(sheet: Sheet, table: Wide, columns: list[int], remarks: Remarks) -> Mapping[int, str]:
    """Return the name of the figure of each row: number and text of the block."""
    names: dict[int, str] = {}
    for row in table.data:
        if repeats_header(sheet, table, row):
            continue
        text = sheet.text(row, table.header.columns["block"])
        number = table.header.columns.get("number")
        code = sheet.text(row, number) if number is not None else ""
        title = shorten(" ".join(part for part in (code, text) if part), _LONGEST)
        if title and has_any(sheet, row, columns):
            name = f"block_{title}"
            names[row] = name if name not in names.values() else f"{name} ({row + 1})"
        else:
            remarks.add(row)
    return names


def _block(
    sheet: Sheet,
    table: Wide,
    owner: _Owner,
    names: Mapping[int, str],
    parts: frozenset[int],
    findings: Findings,
) -> tuple[_Owner, dict[str, float | int | str], dict[str, str], str] | None:
    data: dict[str, float | int | str] = {}
    cells: dict[str, str] = {}
    maximum = table.header.columns.get("maximum")
    for row, name in names.items():
        item = f"«{owner.label.text}», «{shorten(name.removeprefix('block_'))}»"
        reading = read_figure(sheet, row, owner.column, findings, item, percent=True)
        if reading.value is not None:
            part = owner.column in parts
            data[name] = as_percent(reading.value) if part else reading.value
            cells[name] = fixed(row, owner.column)
        if maximum is not None:
            highest = read_count(sheet, row, maximum, findings, item)
            if highest.value is not None:
                called = name.replace("block_", "max_", 1)
                data[called], cells[called] = highest.value, fixed(row, maximum)
    rows = compact_rows(row + 1 for row in names)
    return (owner, data, cells, rows) if data else None


def _owned(
    sheet: str,
    made: tuple[_Owner, dict[str, float | int | str], dict[str, str], str],
    procedure: Procedure,
    context: Context,
) -> Block:
    owner, data, cells, rows = made
    label = owner.label
    fact = RecordFact(
        _KIND,
        procedure.year,
        data,
        rows,
        None if label.scope else label.school,
        label.scope,
        label.name if label.scope else "",
        procedure,
    )
    whose = {"name": owner.cell, "fisoko": owner.cell}
    return Block(sheet, {**context.cells(), **cells, **whose}, (fact,))


LAYOUT = Layout(
    "planned_results",
    "ФИС ОКО: достижение планируемых результатов",
    recognise,
    extract,
    up_to(0.93),
)
