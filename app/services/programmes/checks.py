"""What is odd about a programme: acts later than itself, unnumbered acts, sums without a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from app.models.enums import Severity
from app.services.acts import parse_act
from app.services.programmes.parts import part
from app.services.programmes.reading import items, programme
from app.services.programmes.types import Finding, ItemRow, ProgrammeRow
from app.services.workspace import Workspace


def check_programme(workspace: Workspace, programme_id: int) -> tuple[Finding, ...]:
    """Return what a person should look at before the programme is printed."""
    of = programme(workspace, programme_id)
    rows = items(workspace, programme_id)
    return (
        *_approval(of),
        *(found for row in rows if row.part == "legal_basis" for found in _act(of, row)),
        *(found for row in rows if row.part == "funding" for found in _sum(of, row)),
        *_swot(rows),
        *_doubles(rows),
    )


def _approval(of: ProgrammeRow) -> Iterator[Finding]:
    approval = of.approval
    if approval.date is not None and not approval.number:
        yield Finding(Severity.WARNING, "", None, "У утверждающего документа нет номера.")
    if approval.number and approval.date is None:
        yield Finding(Severity.WARNING, "", None, "У утверждающего документа нет даты.")
    if approval.date is not None and approval.date.year > of.first_year:
        text = f"Программа утверждена {_day(approval.date)}, а действует с {of.first_year} года."
        yield Finding(Severity.WARNING, "", None, text)


def _act(of: ProgrammeRow, row: ItemRow) -> Iterator[Finding]:
    words = parse_act(row.text)
    given = row.data.get("date")
    day = date.fromisoformat(str(given)) if given else words.date
    approved = of.approval.date
    if words.impossible:
        yield _about(row, Severity.ERROR, f"Такой даты нет: {words.impossible}")
    if day is not None and approved is not None and day > approved:
        yield _about(
            row,
            Severity.ERROR,
            f"Акт от {_day(day)} позже самой программы (утверждена {_day(approved)})",
        )
    elif day is not None and day.year > of.last_year:
        yield _about(row, Severity.ERROR, f"Акт от {_day(day)} позже срока программы")
    if words.blank:
        yield _about(row, Severity.WARNING, "В реквизитах акта пропуск")
    elif day is None or not (row.data.get("number") or words.number):
        lacking = "даты" if day is None else "номера"
        both = day is None and not (row.data.get("number") or words.number)
        what = "номера и даты" if both else lacking
        yield _about(row, Severity.WARNING, f"У акта нет {what}")


def _sum(of: ProgrammeRow, row: ItemRow) -> Iterator[Finding]:
    written = str(row.data.get("amount_text", ""))
    if not written:
        yield _about(row, Severity.WARNING, "Не указана сумма")
    elif "amount" not in row.data:
        text = f"Сумма «{written}» не понята как число и не войдёт в итог"
        yield _about(row, Severity.WARNING, text)
    year = str(row.data.get("year", ""))
    if year.isdigit() and not of.first_year <= int(year) <= of.last_year:
        yield _about(row, Severity.WARNING, f"Год {year} вне срока программы ({of.period})")


def _swot(rows: Sequence[ItemRow]) -> Iterator[Finding]:
    found = {row.data.get("quadrant") for row in rows if row.part == "swot"}
    field = part("swot").field("quadrant")
    choices = field.choices if field else ()
    empty = [choice for choice in choices if choice not in found]
    if found and empty:
        text = f"SWOT-анализ: не заполнено – {', '.join(empty).lower()}."
        yield Finding(Severity.WARNING, "swot", None, text)
    if None in found:
        text = "SWOT-анализ: есть запись без квадранта, она не будет напечатана."
        yield Finding(Severity.WARNING, "swot", None, text)


def _doubles(rows: Sequence[ItemRow]) -> Iterator[Finding]:
    """Copied programmes carry the same sentence twice."""
    seen = Counter((row.part, row.parent_id, row.text.casefold()) for row in rows)
    for row in rows:
        if row.part != "passport" and seen[row.part, row.parent_id, row.text.casefold()] > 1:
            yield _about(row, Severity.WARNING, "Запись стоит дважды")


def _about(row: ItemRow, severity: Severity, what: str) -> Finding:
    short = row.text if len(row.text) <= 70 else row.text[:70].rsplit(" ", 1)[0] + "…"
    return Finding(severity, row.part, row.id, f"{part(row.part).title}: {what}: «{short}».")


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
