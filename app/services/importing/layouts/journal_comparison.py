"""ФИС ОКО, «Сравнение отметок с отметками по журналу» (L3): lowered, confirmed, raised by group."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from app.models.enums import AssessmentKind, RecordKind
from app.services.figures import share_name
from app.services.importing.cells import compact_rows
from app.services.importing.facts import Block, Extract, Procedure, RecordFact
from app.services.importing.grid import CellValue, Sheet, address, clean
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fractions import as_percent, is_part
from app.services.importing.layouts.journal_columns import column_tables, has_columns, read_columns
from app.services.importing.layouts.labels import Label, read_label
from app.services.importing.layouts.named import figure_of, read_count, read_figure
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.title_rows import is_unclear
from app.services.importing.layouts.titles import find_grade, find_subject, find_year
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Vocabulary,
    find_header,
    fixed,
    key,
    require,
    row_text,
)

_KIND = RecordKind.JOURNAL
_VPR = AssessmentKind.VPR
_WORDS = Vocabulary(
    group=r"группы?участников|группы?|территория|(?:оо|школа|наименованиеоо)",
    participants=titles_of.PARTICIPANTS,
    share=r"%|доля|процент|доляучастников|%участников",
)
_REQUIRED = require("group", "participants|share")
_SIGNS = frozenset({"lowered", "confirmed", "raised"})


@dataclass
class _Group:
    """One group of the report while it is read: its label, its figures and their cells."""

    label: Label
    row: int
    data: dict[str, float | int | str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    sound: bool = True


def recognise(sheet: Sheet) -> float:
    """Return the confidence: the three labels below each other under a header of groups."""
    return 0.97 if _is_listed(sheet) or has_columns(sheet) else 0.0


def _is_listed(sheet: Sheet) -> bool:
    """Return whether the labels stand below each other, under the name of each group."""
    header = find_header(sheet, _WORDS, _REQUIRED)
    if header is None:
        return False
    labels = sheet.column(header.columns["group"])[header.last + 1 :]
    return set(map(_meaning, set(labels))) >= _SIGNS


@lru_cache(maxsize=32768, typed=True)
def _meaning(label: CellValue) -> str | None:
    # Kept: a list of schools under the same header is asked too, and names the same everywhere.
    figure = figure_of(_KIND, clean(label))
    return figure.name if figure else None


def extract(sheet: Sheet) -> Extract:
    """Return the comparison of each group; each figure knows its own cell."""
    if not _is_listed(sheet):
        return read_columns(sheet, column_tables(sheet))
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    context = Context()
    rows_read = 0
    regions = find_regions(sheet, _WORDS, _REQUIRED, _starts_title, heads=True)
    for region in regions:
        rows = region.titles
        own = Context(
            find_year(sheet, rows), find_grade(sheet, rows), find_subject(sheet, rows, _VPR)
        )
        if is_unclear(sheet, region, own, findings):
            continue
        context = own.or_before(context)
        where = address(region.header.first, 0)
        procedure = procedure_of(_VPR, context, findings, where)
        groups = _groups(sheet, region, findings, remarks)
        rows_read += sum(len(group.rows) for group in groups)
        if procedure:
            blocks.extend(_blocks(sheet, groups, procedure, context))
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [region.header for region in regions])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def _starts_title(sheet: Sheet, row: int) -> bool:
    text = key(row_text(sheet, row))
    return text.startswith(("впр", "предмет", "сравнениеотметок", "всероссийск"))


def _groups(sheet: Sheet, region: Region, findings: Findings, remarks: Remarks) -> list[_Group]:
    """Return the groups: a row with a name alone begins one, labelled rows belong to it."""
    header = region.header
    column = header.columns["group"]
    numbers = [header.columns[n] for n in ("participants", "share") if n in header.columns]
    groups: list[_Group] = []
    for row in region.data:
        text = sheet.text(row, column)
        figure = figure_of(_KIND, text)
        if figure is None and text and not has_any(sheet, row, numbers):
            groups.append(_Group(read_label(text, False), row))
        elif figure and groups:
            _read(sheet, header, row, figure.name, groups[-1], findings)
        elif figure:
            findings.nobody_error(row, column, "Впишите над ней название школы.")
        else:
            remarks.add(row)
    for group in groups:
        if not group.rows:
            remarks.add(group.row)
    return [group for group in groups if group.rows]


def _read(
    sheet: Sheet, header: Header, row: int, name: str, group: _Group, findings: Findings
) -> None:
    item = f"«{group.label.text}», «{sheet.text(row, header.columns['group'])}»"
    group.rows.append(row + 1)
    for field_name, called in (("participants", name), ("share", share_name(name))):
        column = header.columns.get(field_name)
        if column is None or called == share_name("participants"):
            continue
        if field_name == "share":
            reading = read_figure(sheet, row, column, findings, item, percent=True)
        else:
            reading = read_count(sheet, row, column, findings, item)
        group.sound &= reading.ok
        if reading.value is not None:
            group.data[called] = reading.value
            group.cells[called] = fixed(row, column)


def _blocks(
    sheet: Sheet, groups: list[_Group], procedure: Procedure, context: Context
) -> list[Block]:
    blocks = []
    for group in groups:
        label, rows = group.label, compact_rows(group.rows)
        if not group.data or not group.sound:
            continue
        _in_percent(group.data)
        fact = RecordFact(
            _KIND,
            procedure.year,
            group.data,
            rows,
            None if label.scope else label.school,
            label.scope,
            label.name if label.scope else "",
            procedure,
        )
        name = fixed(group.row, _first_column(sheet, group.row))
        columns = {**context.cells(), **group.cells, "name": name, "fisoko": name}
        blocks.append(Block(sheet.name, columns, (fact,)))
    return blocks


def _in_percent(data: dict[str, float | int | str]) -> None:
    """Put shares that Excel keeps as parts of one in per cent; the counts beside them tell."""
    whole = data.get("participants")
    for name in _SIGNS:
        share, count = data.get(share_name(name)), data.get(name)
        numbers = [one for one in (share, count, whole) if isinstance(one, (int, float))]
        if len(numbers) == len((share, count, whole)) and is_part(*numbers):
            data[share_name(name)] = as_percent(numbers[0])


def _first_column(sheet: Sheet, row: int) -> int:
    return next(column for column, text in enumerate(sheet.texts(row)) if text)


LAYOUT = Layout(
    "journal_comparison",
    "ФИС ОКО: сравнение отметок с отметками по журналу",
    recognise,
    extract,
    up_to(0.97),
)
