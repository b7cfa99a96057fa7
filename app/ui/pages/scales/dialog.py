"""The dialog «Шкалы и минимальные баллы»: looked at, corrected with a source, given back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout

from app.errors import UserError
from app.services import scales
from app.services.changes import ChangeSet
from app.services.methodology import subject_names
from app.services.scales import Known, MarkScale, MinScore, Recount
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.help_button import HelpButton
from app.ui.dialogs.tabbed import TabbedDialog
from app.ui.pages.scales.columns import MINIMUMS, SCALES
from app.ui.pages.scales.forms import MinimumForm, ScaleForm
from app.ui.pages.scales.pane import ScalesPane
from app.ui.pages.scales.recount_dialog import RecountDialog
from app.ui.tasks import Task
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.text import label

_SIZE = (1280, 680)
_NOTE = (
    "Шкалы – рекомендации, регион утверждает свои: отметка из файла важнее пересчёта. Исправленная "
    "запись действует при следующих загрузках, загруженное меняет только пересчёт; запись "
    "программы остаётся и может быть возвращена."
)


class _Lists(NamedTuple):
    marks: tuple[Known[MarkScale], ...]
    minimums: tuple[Known[MinScore], ...]
    recount: Recount


class ScalesDialog(TabbedDialog):
    """Every change is stored at once and can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self._reading: Task | None = None
        self._found: Recount | None = None
        self.setWindowTitle("Шкалы и минимальные баллы")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        state, subjects = self._context.state, subject_names()
        self.marks = ScalesPane("Шкалы отметок", SCALES, ScaleForm(subjects), state)
        self.minimums = ScalesPane("Минимальные баллы", MINIMUMS, MinimumForm(subjects), state)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Что показать")
        self.tabs.addTab(self.marks, "Шкалы отметок")
        self.tabs.addTab(self.minimums, "Минимальные баллы")
        self.leave_button = QPushButton("Закрыть")
        self.recount = QPushButton("Пересчёт результатов…")
        self.recount.setToolTip(
            "Какие загруженные результаты по действующим шкалам были бы другими"
        )
        for button in (self.leave_button, self.recount):
            button.setAutoDefault(False)  # Enter in a field of the form must open or close nothing
        self.stale = label("", "warning", wrap=True)
        self.stale.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        self.about = HelpButton(self, "scales", "Шкалы и минимальные баллы")
        buttons.addWidget(self.about)
        buttons.addWidget(self.recount)
        buttons.addStretch()
        buttons.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(_NOTE, "muted", wrap=True))
        column.addWidget(self.tabs, 1)
        column.addWidget(self.stale)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.marks.save_wanted.connect(self._on_save_scale)
        self.marks.restore_wanted.connect(self._on_restore_scale)
        self.minimums.save_wanted.connect(self._on_save_minimum)
        self.minimums.restore_wanted.connect(self._on_restore_minimum)
        self.leave_button.clicked.connect(self.accept)
        self.recount.clicked.connect(self._on_recount)
        self.marks.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Remember the columns and drop what is still on its way."""
        self.marks.table.save_state()
        self.minimums.table.save_state()
        if self._reading is not None:
            self._reading.abandon()

    def reload(self) -> None:
        """Read the lists again."""
        self._reading = self._context.tasks.database.call(
            "Читаю шкалы", _read, self._context.workspace
        )
        self._reading.done.connect(self._on_loaded)

    def _on_loaded(self, lists: _Lists) -> None:
        self._reading = None
        self.marks.show_entries(lists.marks)
        self.minimums.show_entries(lists.minimums)
        self._show_stale(lists.recount)

    def _show_stale(self, found: Recount) -> None:
        """Say that stored results do not follow what is in force: nothing changes by itself."""
        self._found = found
        told = [f"стали бы другими {len(found.changes)}"] if found.changes else []
        if found.left:
            told.append(f"пересчитать нечем {len(found.left)}")
        text = f"Из загруженных результатов по действующим шкалам {', '.join(told)}."
        self.stale.setText(text if told else "")
        self.stale.setVisible(bool(told))

    def _on_recount(self) -> None:
        if self._found is None:
            return
        context = self._context
        dialog = RecountDialog(self, self._found, context.state, context.workspace.archive)
        dialog.files_wanted.connect(self._on_files)
        wanted = prompts.run(dialog)
        dialog.table.save_state()
        dialog.deleteLater()
        if wanted:
            task = context.tasks.database.call(
                "Пересчитываю результаты", scales.recount, context.workspace
            )
            task.done.connect(self._on_recounted)

    def _on_files(self, paths: tuple[Path, ...]) -> None:
        self.accept()
        self._context.import_wanted.emit(paths)

    def _on_recounted(self, changes: ChangeSet) -> None:
        self._context.bus.publish(changes)
        told = "Результаты пересчитаны. Ctrl+Z вернёт прежние."
        self._context.told.emit(told if changes.topics else "Пересчитывать уже нечего.")
        self.reload()

    def _on_save_scale(self, entry: MarkScale, before: MarkScale | None) -> None:
        self._store("Сохраняю шкалу", scales.save_scale, entry, before)

    def _on_save_minimum(self, entry: MinScore, before: MinScore | None) -> None:
        self._store("Сохраняю минимум", scales.save_minimum, entry, before)

    def _on_restore_scale(self, entry: MarkScale) -> None:
        self._store("Возвращаю шкалу", scales.restore_scale, entry)

    def _on_restore_minimum(self, entry: MinScore) -> None:
        self._store("Возвращаю минимум", scales.restore_minimum, entry)

    def _store(self, title: str, work: Any, *args: Any) -> None:
        task = self._context.tasks.database.call(
            title, work, self._context.workspace, *args, quiet=True
        )
        task.done.connect(self._on_stored)
        task.failed.connect(self._on_refused)

    def _on_stored(self, changes: ChangeSet) -> None:
        self._context.bus.publish(changes)
        self._context.told.emit("Шкалы изменены. Ctrl+Z вернёт прежние.")
        self.reload()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            pane = self.tabs.currentWidget()
            if isinstance(pane, ScalesPane):
                pane.show_problem(str(error))


def _read(workspace: Workspace) -> _Lists:
    return _Lists(
        scales.list_scales(workspace),
        scales.list_minimums(workspace),
        scales.preview_recount(workspace),
    )
