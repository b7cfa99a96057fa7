"""Columns of the lists of the page «Программа»."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.enums import Severity
from app.services import cycle
from app.services.cycle import MonitoringRowView
from app.services.programmes import (
    Field,
    FieldType,
    Finding,
    FundingTotal,
    ItemRow,
    Part,
    part,
)
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.theme.colors import Tone
from app.ui.widgets.list_pane import Facts

_INDENT = "      "


def item_columns(of: Part) -> list[Column[ItemRow]]:
    """Return number, text and the fields of a part; nested entries are moved to the right."""
    number: Column[ItemRow] = Column("number", "№", lambda r: r.shown_number, width=64)
    text: Column[ItemRow] = Column(
        "text", of.text, lambda r: _INDENT * r.depth + _one_line(r.text), width=300,
        hint=lambda r: r.text,
    )  # fmt: skip
    fields = [_field_column(field) for field in of.fields]
    return [number, text, *fields] if of.numbered or of.nested else [text, *fields]


def _field_column(field: Field) -> Column[ItemRow]:
    right = field.type is FieldType.NUMBER
    return Column(
        field.name,
        field.title,
        lambda row: value_text(field, row.data.get(field.name)),
        align=Align.RIGHT if right else Align.LEFT,
        width=130,
    )


def value_text(field: Field, value: object) -> str:
    """Return a stored value as people read it: dates with full stops, sums in groups of three."""
    if value is None:
        return ""
    if field.type is FieldType.DATE:
        year, month, day = str(value).split("-")
        return f"{day}.{month}.{year}"
    if isinstance(value, (int, float)):
        return _grouped(value)
    return _one_line(str(value))


def _grouped(value: float) -> str:
    text = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    return text.removesuffix(",00")


def monitoring_columns() -> list[Column[MonitoringRowView]]:
    """Return the columns of the monitoring table."""
    return [_monitoring_column(name, title) for name, title in cycle.CELLS.items()]


def _monitoring_column(name: str, title: str) -> Column[MonitoringRowView]:
    return Column(
        name,
        title,
        lambda row: _one_line(getattr(row.form, name)),
        width=230,
        hint=lambda row: getattr(row.form, name),
    )


def finding_columns() -> list[Column[Finding]]:
    """Return the columns of what to check."""
    return [
        Column("severity", "Важность", lambda r: _finding_chip(r).word, width=120,
               chip=_finding_chip),
        Column("part", "Раздел", lambda r: part(r.part).title if r.part else "Программа",
               width=220),
        Column("text", "Что проверить", _finding_text, width=700),
    ]  # fmt: skip


def _finding_text(row: Finding) -> str:
    """Return the sentence without the title of the part, which has a column of its own."""
    title = part(row.part).title if row.part else ""
    text = row.text.removeprefix(f"{title}: ")
    return text[:1].upper() + text[1:]


def _finding_chip(row: Finding) -> Chip:
    if row.severity is Severity.ERROR:
        return Chip(Tone.DANGER, Sign.ALERT, "ошибка")
    return Chip(Tone.WARNING, Sign.ALERT, "проверьте")


def totals_text(totals: Sequence[FundingTotal]) -> str:
    """Return the sum of the funding lines, and how many have no number; empty without lines."""
    if not totals:
        return ""
    whole = sum(one.amount for one in totals)
    unknown = sum(one.unknown for one in totals)
    told = f"Всего {_grouped(whole)} руб."
    return f"{told} Без числа: {unknown}" if unknown else told


def describe_item(row: ItemRow) -> Facts:
    """Return what the detail panel says of an entry."""
    of = part(row.part)
    fields = ((f.title, value_text(f, row.data.get(f.name))) for f in of.fields)
    return ((of.text, row.text), *fields)


def _one_line(text: str) -> str:
    return " ".join(text.split())
