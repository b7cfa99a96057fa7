"""Reads records out of sheets made by the tests of layouts."""

from __future__ import annotations

from app.services.importing.facts import Block, Extract, RecordFact


def records(extract: Extract) -> list[RecordFact]:
    """Return the records in the order of the sheet."""
    return [f for b in extract.blocks for f in b.facts if isinstance(f, RecordFact)]


def record(extract: Extract) -> RecordFact:
    """Return the only record."""
    (found,) = records(extract)
    return found


def cell(extract: Extract, fact: RecordFact, name: str) -> str | None:
    """Return the address of a figure, without the signs of an absolute one."""
    block: Block = next(b for b in extract.blocks if fact in b.facts)
    address = block.cell(name, fact.rows)
    return address.replace("$", "") if address else None
