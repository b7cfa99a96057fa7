"""Opens the small window behind a number once the service has said where the number stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from app.services import importing, results
from app.services.source import Source
from app.ui import prompts
from app.ui.context import Context
from app.ui.tasks import Task
from app.ui.widgets.source_popup import SourcePopup


class SourceOpener(QObject):
    """One per page; a newer question replaces one that is still on its way."""

    def __init__(
        self, context: Context, parent: QWidget, ask: Callable[..., Any] = results.sources
    ) -> None:
        """``ask(workspace, id)`` gives the sources by field; the field "" is the whole row."""
        super().__init__(parent)
        self._ask = ask
        self._context = context
        self._parent = parent
        self._task: Task | None = None
        self._asked = ("", "", QPoint())
        self._told: Source | None = None
        self.popup: SourcePopup | None = None

    def open(self, result_id: int, field: str, heading: str, place: QPoint) -> None:
        """Ask for the cell of a field of a result and show it near ``place``."""
        if self._task is not None:
            self._task.abandon()
        self._asked = (field, heading, place)
        self._task = self._context.tasks.database.call(
            "Ищу исходную ячейку", self._ask, self._context.workspace, result_id
        )
        self._task.done.connect(self._on_found)

    def _on_found(self, found: Mapping[str, Source]) -> None:
        field, heading, place = self._asked
        self._task = None
        self.popup = SourcePopup(self._parent, heading, found.get(field) or found.get(""))
        self.popup.copy_wanted.connect(self.open_copy)
        self.popup.show_at(place)

    def open_copy(self, source: Source) -> None:
        """Open the archived copy of a file with the program that the system has for it."""
        self._told = source
        task = self._context.tasks.files.call(
            "Открываю копию файла", importing.copy_to_look_at, self._context.workspace, source
        )
        task.done.connect(self._on_copy)

    def _on_copy(self, path: Path) -> None:
        prompts.reveal(path)
        if self._told is not None and self._told.cell:
            self._context.told.emit(f"{path.name}: лист «{self._told.sheet}», {self._told.cell}")
