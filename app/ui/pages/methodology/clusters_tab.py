"""Clusters: groups of schools for support, each with the signs that lead into it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.methodology import Cluster, ClusterSign
from app.ui.office_words import said
from app.ui.theme.metrics import GAP
from app.ui.widgets.edit_table import EditTable, Field
from app.ui.widgets.text import label

_SIGNS = {
    ClusterSign.SHNOR: "ШНОР",
    ClusterSign.LOW: "Низкая\nпроц.",
    ClusterSign.FAILING: "Ниже\nмин.",
    ClusterSign.RISK_ZONE: "Зона\nриска",
    ClusterSign.SHNSU: "ШНСУ",
}
_FIRST = 2
_SOURCE = _FIRST + len(_SIGNS)


class ClustersTab(QWidget):
    """A school goes into the first cluster, by number, of which it has a sign."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table = EditTable("Кластеры", _fields())
        self.table.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(
            label(
                "Школа попадает в кластер с наименьшим номером, хотя бы один признак которого у "
                "неё есть. Кластер – отметка рядом с категорией: число школ в категориях от него "
                "не зависит.",
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self.table, 1)

    def show_clusters(self, clusters: tuple[Cluster, ...]) -> None:
        """Show other clusters."""
        self.table.show_rows([_row(cluster) for cluster in clusters])

    def clusters(self) -> tuple[Cluster, ...]:
        """Return the clusters by number; ``problem`` tells of rows that make none."""
        found = [_read(row) for row in self.table.rows() if _number(row)]
        return tuple(sorted(found, key=lambda cluster: cluster.number))

    def problem(self) -> str:
        """Return what is wrong with a row, or an empty text."""
        seen: set[int] = set()
        for place, row in enumerate(self.table.rows(), start=1):
            number = _number(row)
            if not number:
                return f"Кластеры, строка {place}: номер – от 1 до 9."
            if number in seen:
                return f"Кластеры: номер {number} стоит дважды."
            seen.add(number)
            if not row[0]:
                return f"Кластер № {number}: напишите название."
            if not any(row[_FIRST:_SOURCE]):
                return f"Кластер № {number}: отметьте хотя бы один признак."
            if not row[_SOURCE]:
                return f"Кластер № {number}: укажите источник."
        return ""


def _fields() -> tuple[Field, ...]:
    signs = (
        Field(said(title), 60, flag=True, hint=said(sign.value)) for sign, title in _SIGNS.items()
    )
    source = (Field("Источник", 80), Field("Под-\nтверждён", 84, flag=True))
    return (Field("Название", 90), Field("№", 34), *signs, *source)


def _row(cluster: Cluster) -> tuple[str | bool, ...]:
    signs = (sign in cluster.signs for sign in _SIGNS)
    return (cluster.title, str(cluster.number), *signs, cluster.source, cluster.confirmed)


def _read(row: tuple[str | bool, ...]) -> Cluster:
    signs = tuple(s for s, on in zip(_SIGNS, row[_FIRST:_SOURCE], strict=True) if on)
    return Cluster(_number(row), str(row[0]), signs, str(row[_SOURCE]), bool(row[_SOURCE + 1]))


def _number(row: tuple[str | bool, ...]) -> int:
    text = str(row[1])
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0
