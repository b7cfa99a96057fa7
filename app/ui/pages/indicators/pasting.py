"""A block from the clipboard over the cells that it covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.services.indicators import Edit
from app.ui.pages.indicators.columns import TreeColumn
from app.ui.pages.indicators.nodes import Node


class Pasted(NamedTuple):
    """Changes that the block asks for, and in Russian what of it found no place."""

    edits: tuple[Edit, ...]
    left_over: str = ""


def pasted(
    lines: Sequence[Sequence[str]],
    nodes: Sequence[Node],
    current: Node | None,
    columns: Sequence[TreeColumn],
    first_column: int,
) -> Pasted:
    """Return the changes of a block whose upper left cell goes onto ``current``.

    Nothing of a block is left out: one that reaches beyond the table is not pasted at all.
    """
    start = next((n for n, node in enumerate(nodes) if node is current), None)
    if start is None:
        return Pasted((), "Выберите ячейку, с которой начать.")
    width = max(len(line) for line in lines)
    if start + len(lines) > len(nodes) or first_column + width > len(columns):
        rows, wide = len(nodes) - start, len(columns) - first_column
        return Pasted(
            (),
            f"В буфере строк: {len(lines)}, граф: {width}; от выбранной ячейки есть место для "
            f"{rows} и {wide}.",
        )
    edits: list[Edit] = []
    for node, line in zip(nodes[start:], lines, strict=False):
        for column, text in zip(columns[first_column:], line, strict=False):
            if text == "" and (node.row is None or not column.editable(node.row)):
                continue
            if node.row is None or not column.editable(node.row):
                return Pasted(
                    (), f"На строке «{_name(node)}» значений не бывает, а в буфере «{text}»."
                )
            if text != column.text(node.row):
                edits.append(column.edit(node.row, text))
    return Pasted(tuple(edits))


def _name(node: Node) -> str:
    if node.row is not None:
        return node.row.title
    return node.goal.text if node.goal else ""
