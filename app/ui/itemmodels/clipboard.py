"""Cells as tab-separated text that pastes into Excel as cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def tsv(lines: Iterable[Sequence[str]]) -> str:
    """Return the lines as text for the clipboard; cells with tabs, breaks or quotes are quoted."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in line) for line in lines)


def _quoted(cell: str) -> str:
    if any(character in cell for character in '\t\r\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
