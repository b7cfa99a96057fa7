"""Asks the services for programmes and does what the page «Программа» wants."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from app.services import cycle, programmes
from app.services.changes import Topic
from app.services.cycle import MonitoringForm, MonitoringRowView
from app.services.programmes import Copied, Finding, FundingTotal, ItemRow, ProgrammeRow
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.storing import Storing, Work
from app.ui.numbers import counted
from app.ui.pages.programmes.dialogs import (
    CopyDialog,
    ItemDialog,
    MonitoringDialog,
    PasteDialog,
    ProgrammeDialog,
)
from app.ui.pages.programmes.page import MONITORING, ProgrammesPage
from app.ui.presenter import Presenter


class _Loaded(NamedTuple):
    programmes: tuple[ProgrammeRow, ...]
    chosen: int | None
    items: tuple[ItemRow, ...]
    monitoring: tuple[MonitoringRowView, ...]
    findings: tuple[Finding, ...]
    totals: tuple[FundingTotal, ...]


class ProgrammesPresenter(Presenter):
    """Keeps the page in step with the data; the chosen programme stays until another is chosen."""

    reading = "Читаю программу"
    topics = frozenset({Topic.PROGRAMMES, Topic.CYCLE})

    print_wanted = Signal(int)
    """Put together the document of this programme."""

    def __init__(self, page: ProgrammesPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._chosen: int | None = None
        self._programmes: tuple[ProgrammeRow, ...] = ()
        self._entry: int | None = None
        """The entry to show when the programme has been read."""
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        page.programme_wanted.connect(self._on_chosen)
        page.new_wanted.connect(self._on_new)
        page.edit_wanted.connect(self._on_edit)
        page.copy_wanted.connect(self._on_copy)
        page.remove_wanted.connect(self._on_remove)
        page.paste_wanted.connect(self._on_paste)
        page.moved.connect(self._on_moved)
        page.print_wanted.connect(self._on_print)
        page.items.added.connect(self._on_item_added)
        page.items.opened.connect(self._on_item_opened)
        page.items.removed.connect(self._on_items_removed)
        page.monitoring.added.connect(self._on_row_added)
        page.monitoring.opened.connect(self._on_row_opened)
        page.monitoring.removed.connect(self._on_rows_removed)

    def asked(self) -> tuple[int | None]:
        return (self._chosen,)

    @staticmethod
    def load(workspace: Workspace, chosen: int | None) -> _Loaded:
        listed = programmes.list_programmes(workspace)
        ids = [row.id for row in listed]
        own = chosen if chosen in ids else next(iter(ids), None)
        if own is None:
            return _Loaded(listed, None, (), (), (), ())
        return _Loaded(
            listed,
            own,
            programmes.items(workspace, own),
            cycle.monitoring_rows(workspace, own),
            programmes.check_programme(workspace, own),
            programmes.funding_totals(workspace, own),
        )

    def show_entry(self, programme_id: int, item_id: int) -> None:
        """Show an entry of a programme; the programme alone where the entry is not known."""
        self._chosen, self._entry = programme_id, item_id
        self.reload()

    def show(self, loaded: _Loaded) -> None:
        self._programmes = loaded.programmes
        self._chosen = loaded.chosen
        self.page.offer(loaded.programmes, loaded.chosen)
        self.page.show_programme(loaded.items, loaded.monitoring, loaded.findings, loaded.totals)
        if self._entry is not None:
            self.page.show_entry(self._entry)
            self._entry = None

    def _on_chosen(self, programme_id: int | None) -> None:
        self._chosen = programme_id
        self.reload()

    def _current(self) -> ProgrammeRow | None:
        return next((row for row in self._programmes if row.id == self._chosen), None)

    # Programmes.

    def _on_new(self) -> None:
        self._ask_programme(None)

    def _on_edit(self) -> None:
        row = self._current()
        if row is not None:
            self._ask_programme(row)

    def _ask_programme(self, row: ProgrammeRow | None) -> None:
        year = self._context.year or datetime.now(UTC).astimezone().year
        dialog = ProgrammeDialog(self._context.window, self._programmes, year, row)

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: programmes.save_programme(workspace, form, own)

        storing = Storing(self._context, dialog, read)
        storing.stored.connect(self._on_saved)
        storing.run()

    def _on_saved(self, saved: programmes.Saved) -> None:
        self._on_chosen(saved.id)

    def _on_copy(self) -> None:
        row = self._current()
        if row is None:
            return
        dialog = CopyDialog(self._context.window, row)

        def read() -> Work:
            first, last = int(dialog.first.text()), int(dialog.last.text())
            return partial(
                programmes.copy_programme,
                programme_id=row.id,
                first_year=first,
                last_year=last,
                with_indicators=dialog.indicators.isChecked(),
                with_roadmaps=dialog.roadmaps.isChecked(),
            )

        storing = Storing(self._context, dialog, read)
        storing.stored.connect(self._on_copied)
        storing.run()

    def _on_copied(self, copied: Copied) -> None:
        self._on_chosen(copied.id)
        entries = counted(copied.entries, "запись", "записи", "записей")
        numbers = counted(copied.indicators, "показатель", "показателя", "показателей")
        plans = counted(copied.roadmaps, "дорожная карта", "дорожные карты", "дорожных карт")
        self._context.told.emit(f"Скопировано: {entries}, {numbers}, {plans}.")
        if copied.notes:
            prompts.inform(
                self._context.window, "Программа на новый период",
                "Проверьте, что осталось прежним.", "\n".join(copied.notes),
            )  # fmt: skip

    def _on_remove(self) -> None:
        row = self._current()
        if row is not None:
            self.store("Удаляю программу", programmes.delete_programme, row.id)

    def _on_print(self) -> None:
        if self._chosen is not None:
            self.print_wanted.emit(self._chosen)

    # Entries.

    def _on_item_added(self) -> None:
        self._ask_item(None)

    def _on_item_opened(self, row: ItemRow) -> None:
        self._ask_item(row)

    def _ask_item(self, row: ItemRow | None) -> None:
        programme = self._current()
        if programme is None:
            return
        of = self.page.part
        outer = self.page.entries("goal") if of.key == "task" else ()
        beside = self.page.items.current() if row is None and of.nested else None
        inside = beside.parent_id if isinstance(beside, ItemRow) else None
        dialog = ItemDialog(self._context.window, of, (*outer, *self.page.entries()), row, inside)

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: programmes.save_item(workspace, programme.id, form, own)

        Storing(self._context, dialog, read).run()

    def _on_items_removed(self, rows: list[ItemRow]) -> None:
        self.store("Удаляю записи", programmes.delete_items, [row.id for row in rows])

    def _on_moved(self, row: ItemRow | None, by: int) -> None:
        if row is None:
            return
        beside = [one for one in self.page.entries() if one.parent_id == row.parent_id]
        place = beside.index(row) + by
        if 0 <= place < len(beside):
            self.store("Меняю порядок", programmes.move_item, row.id, row.parent_id, place)

    def _on_paste(self) -> None:
        programme = self._current()
        if programme is None:
            return
        if self.page.view() == MONITORING:
            self._paste_monitoring(programme)
            return
        of = self.page.part
        columns = (of.text, *(field.title for field in of.fields))
        clipboard = QGuiApplication.clipboard().text()
        dialog = PasteDialog(self._context.window, of.title, columns, clipboard)

        def read() -> Work:
            lines = dialog.lines
            return lambda workspace: programmes.add_items(workspace, programme.id, of.key, lines)

        Storing(self._context, dialog, read).run()

    # The monitoring table.

    def _paste_monitoring(self, programme: ProgrammeRow) -> None:
        columns = tuple(cycle.CELLS.values())
        clipboard = QGuiApplication.clipboard().text()
        dialog = PasteDialog(self._context.window, "Таблица мониторинга", columns, clipboard)

        def read() -> Work:
            cells = [line.split("\t") for line in dialog.lines]
            return lambda workspace: cycle.paste_monitoring(workspace, programme.id, cells)

        Storing(self._context, dialog, read).run()

    def _on_row_added(self) -> None:
        if self._chosen is not None:
            self._ask_row(MonitoringForm(self._chosen), None)

    def _on_row_opened(self, row: MonitoringRowView) -> None:
        self._ask_row(row.form, row.id)

    def _ask_row(self, form: MonitoringForm, own: int | None) -> None:
        dialog = MonitoringDialog(self._context.window, form)

        def read() -> Work:
            entered = dialog.form
            return lambda workspace: cycle.save_monitoring(workspace, entered, own)

        Storing(self._context, dialog, read).run()

    def _on_rows_removed(self, rows: list[MonitoringRowView]) -> None:
        self.store("Удаляю строки мониторинга", cycle.delete_monitoring, *(row.id for row in rows))
