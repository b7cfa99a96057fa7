"""A layout made from what a person said about an unknown table, found again by its header."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout
from app.services.importing.mapped import TableMap, find, fingerprint_of, interpret
from app.services.importing.task import KnownMapping

KEY = "mapped"
"""Key of the layout of every mapped table."""
TITLE = "Таблица по разметке"


def layout_of(known: KnownMapping) -> Layout:
    """Return the layout of one mapping; its title says «как в прошлый раз»."""

    def recognise(sheet: Sheet) -> float:
        return 1.0 if find(sheet, _alone(known)) else 0.0

    def extract(sheet: Sheet) -> Extract:
        found = find(sheet, _alone(known))
        return interpret(sheet, found[1]).extract if found else Extract(())

    return Layout(KEY, f"{known.title} – по разметке, как в прошлый раз", recognise, extract)


def _alone(known: KnownMapping) -> dict[str, TableMap]:
    return {fingerprint_of(known.body): known.body}


def find_mapping(
    sheet: Sheet, known: Mapping[str, KnownMapping]
) -> tuple[str, Layout, Extract] | None:
    """Return the fingerprint, the layout and the facts of a sheet that was mapped, or None."""
    found = find(sheet, {mark: one.body for mark, one in known.items()})
    if found is None:
        return None
    mark, body = found
    return mark, layout_of(known[mark]), interpret(sheet, body).extract
