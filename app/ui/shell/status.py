"""The status bar: which database, which load was the last, and what runs behind the window."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QWidget,
)

from app.ui.tasks import Task, Tasks
from app.ui.theme.metrics import GAP
from app.ui.widgets.elided import ElidedLabel

_BAR_WIDTH = 140
_MESSAGE_MS = 6_000
_PATIENCE_MS = 300
"""Work that is over sooner is not shown: it would only flicker."""


class StatusBar(QStatusBar):
    """Follows the workers by itself."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._shown: Task | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._build()
        self._patience.timeout.connect(self._work.show)
        tasks.changed.connect(self._on_tasks)

    def _build(self) -> None:
        self.setSizeGripEnabled(False)
        self.database = ElidedLabel(middle=True)
        self.last_import = ElidedLabel(middle=True)
        self.setContentsMargins(GAP, 0, 0, 0)
        for said in (self.database, self.last_import):
            said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.addWidget(said, 3)
        self._work = QWidget()
        line = QHBoxLayout(self._work)
        line.setContentsMargins(0, 0, GAP, 0)
        line.setSpacing(GAP)
        self.task = QLabel()
        self.progress = QProgressBar()
        self.progress.setFixedWidth(_BAR_WIDTH)
        self.progress.setTextVisible(False)
        self.cancel = QPushButton("Прервать")
        self.cancel.setProperty("role", "flat")
        self.cancel.clicked.connect(self._on_cancel)
        for widget in (self.task, self.progress, self.cancel):
            line.addWidget(widget)
        self.addPermanentWidget(self._work)
        self._work.hide()

    def say(self, text: str) -> None:
        """Show a message for a few seconds."""
        self.showMessage(text, _MESSAGE_MS)

    def _on_tasks(self) -> None:
        running = self._tasks.open_tasks()
        task = running[0] if running else None
        if task is self._shown:
            return
        self._shown = task
        if task is None:
            self._patience.stop()
            self._work.hide()
        else:
            if not self._patience.isActive():
                self._patience.start()
            self.task.setText(task.title)
            self.progress.setRange(0, 0)
            self.cancel.setEnabled(True)
            task.progressed.connect(self._on_progress)

    def _on_progress(self, done: int, total: int, text: str) -> None:
        if self.sender() is not self._shown:
            return
        self.task.setText(text)
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_cancel(self) -> None:
        if self._shown is not None:
            self._shown.cancel()
            self.cancel.setEnabled(False)
            self.task.setText("Прерываю…")
