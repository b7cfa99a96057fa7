"""The tree of 5,000 activities: ``python -m bench.roadmap_tree``.

Promises: a letter typed into the filter is answered in less than 100 ms, and a page of rows is
painted in less than 50 ms.  Beside each figure stands that of a bare item model (QStandardItemModel
with the same rows and a recursive QSortFilterProxyModel), measured in the same run.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView

from app.models.enums import ActivityStatus, RoadmapMode
from app.services.roadmap import ActivityRow, GroupRow, RoadmapInfo, RoadmapView
from app.ui.pages.roadmap.filters import Filters
from app.ui.pages.roadmap.model import RoadmapModel
from app.ui.pages.roadmap.tree import RoadmapTree
from app.ui.state import WindowState
from app.ui.widgets.bars import FilterBar

_ROWS = 5_000
_IN_GROUP = 25
_RUNS = 9
_FILTER_MS = 100.0
_PAINT_MS = 50.0
_WORDS = ("анализ", "совещание", "семинар", "мониторинг", "выезд", "консультация", "справка")
_TYPED = ("с", "се", "семин", "семинар 7", "рмк", "")


def view() -> RoadmapView:
    """Return an imaginary roadmap of 5,000 activities in 200 sections."""
    lines: list[GroupRow | ActivityRow] = []
    for number in range(_ROWS):
        group = number // _IN_GROUP + 1
        if number % _IN_GROUP == 0:
            lines.append(GroupRow(group, None, 1, f"{group}.", f"Раздел {group}", ""))
        lines.append(_activity(number, group))
    info = RoadmapInfo(1, "Карта", RoadmapMode.SECTIONS, 2026, 2026, None, "", (), (), _ROWS, False)
    return RoadmapView(info, tuple(lines))


def _activity(number: int, group: int) -> ActivityRow:
    title = f"{_WORDS[number % len(_WORDS)].capitalize()} по вопросам качества № {number}"
    who = ("РМК", "Отдел образования", "Школы")[number % 3]
    return ActivityRow(
        id=number, group_id=group, level=1, number=f"{group}.{number % _IN_GROUP + 1}",
        auto_number=False, title=title, term="1 кв. 2026", start=date(2026, 1, 1),
        end=date(2026, 3, 31), recurrence="", term_by_hand=False, term_problem="",
        responsible=who, result="Протокол", evidence="", plan="", years=(), schools=(), factor="",
        indicator_id=None, status=ActivityStatus.PLANNED, status_note="", proof="", done_on=None,
        remind_on=None, stage=None, direction=None, after_id=None, overdue=number % 7 == 0,
        search_key=f"{title} {who} протокол".casefold(),
    )  # fmt: skip


def bare(whole: RoadmapView) -> tuple[QStandardItemModel, QSortFilterProxyModel]:
    """Return what Qt offers ready-made over the same rows."""
    model = QStandardItemModel()
    group = model.invisibleRootItem()
    for line in whole.lines:
        if isinstance(line, GroupRow):
            group = QStandardItem(line.title)
            model.appendRow([group])
        else:
            texts = (line.title, line.term, line.responsible, line.result)
            group.appendRow([QStandardItem(text) for text in texts])
    proxy = QSortFilterProxyModel()
    proxy.setRecursiveFilteringEnabled(True)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterKeyColumn(0)
    proxy.setSourceModel(model)
    return model, proxy


def worst(work: Callable[[str], None]) -> float:
    """Return the slowest of the typed texts, each as the median of several runs, in ms."""
    found = []
    for text in _TYPED:
        times = []
        for _ in range(_RUNS):
            started = time.perf_counter()
            work(text)
            QApplication.processEvents()
            times.append(time.perf_counter() - started)
        found.append(statistics.median(times) * 1000)
    return max(found)


def painting(tree: QAbstractItemView) -> float:
    """Return the median time of a page of rows painted while scrolling, in ms."""
    bar = tree.verticalScrollBar()
    times = []
    for step in range(1, 21):
        started = time.perf_counter()
        bar.setValue(bar.maximum() * step // 20)
        tree.viewport().grab()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def main() -> int:
    """Measure, print, and return 1 when a promise was missed."""
    application = QApplication.instance() or QApplication(["bench"])
    whole = view()
    with tempfile.TemporaryDirectory() as folder:
        bar = FilterBar()
        filters = Filters(bar)
        model = RoadmapModel()
        tree = RoadmapTree(model, WindowState(Path(folder) / "window.ini"))
        tree.resize(1000, 600)
        tree.show()
        model.show(whole)

        def ours(text: str) -> None:
            filters.text.setText(text)
            model.set_filter(filters.predicate())

        mine = worst(ours)
        model.set_filter(None)
        mine_paint = painting(tree)
    source, proxy = bare(whole)
    plain = QTreeView()
    plain.setUniformRowHeights(True)
    plain.resize(1000, 600)
    plain.setModel(proxy)
    plain.expandAll()
    plain.show()

    def theirs(text: str) -> None:
        proxy.setFilterFixedString(text)
        plain.expandAll()

    floor, floor_paint = worst(theirs), painting(plain)
    print(f"5,000 activities, filter: {mine:.1f} ms (promise < {_FILTER_MS:.0f})")
    print(f"  bare item model with a proxy: {floor:.1f} ms, ratio {mine / floor:.2f}")
    print(f"a page painted while scrolling: {mine_paint:.1f} ms (promise < {_PAINT_MS:.0f})")
    print(f"  bare item model: {floor_paint:.1f} ms, ratio {mine_paint / floor_paint:.2f}")
    plain.setModel(None)
    del source, application
    assert model.rowCount(QModelIndex()) == _ROWS + _ROWS // _IN_GROUP
    return int(mine >= _FILTER_MS or mine_paint >= _PAINT_MS)


if __name__ == "__main__":
    sys.exit(main())
