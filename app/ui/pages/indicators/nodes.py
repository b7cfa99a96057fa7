"""Rows of the tree: goals, headings and indicators, filtered by what the person looks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.services.indicators import GoalRow, IndicatorRow, IndicatorTable
from app.ui.itemmodels.columns import folded

Key = tuple[str, int]


@dataclass(eq=False, slots=True)
class Node:
    """One row of the tree; either an indicator (or heading) or a goal of the programme."""

    key: Key
    row: IndicatorRow | None = None
    goal: GoalRow | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Place among its sisters; the roots count themselves."""
        return self.parent.children.index(self) if self.parent else 0

    def walk(self) -> Iterator[Node]:
        """Yield the node and everything under it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def build(table: IndicatorTable, asked: str = "") -> Node:
    """Return a root that is not shown, over the rows that hold all words of ``asked``.

    A row that is found keeps what stands above it.
    """
    root = Node(("root", 0))
    words = folded(asked.strip()).split()
    shown = _found(table, words) if words else {row.id for row in table.rows}
    nodes: dict[int, Node] = {}
    goals: dict[int, Node] = {}
    for row in table.rows:
        if row.id not in shown:
            continue
        above = nodes.get(row.parent_id or 0) or _goal_node(table, row, goals, root)
        node = Node(("row", row.id), row=row, parent=above)
        above.children.append(node)
        nodes[row.id] = node
    return root


def _goal_node(
    table: IndicatorTable, row: IndicatorRow, goals: dict[int, Node], root: Node
) -> Node:
    goal = table.goal(row.goal_id)
    if goal is None:
        return root
    if goal.id not in goals:
        goals[goal.id] = Node(("goal", goal.id), goal=goal, parent=root)
        root.children.append(goals[goal.id])
    return goals[goal.id]


def _found(table: IndicatorTable, words: Sequence[str]) -> set[int]:
    parents = {row.id: row.parent_id for row in table.rows}
    found: set[int] = set()
    for row in table.rows:
        text = folded(f"{row.shown_number} {row.title} {row.unit}")
        if all(word in text for word in words):
            here: int | None = row.id
            while here is not None:
                found.add(here)
                here = parents.get(here)
    return found
