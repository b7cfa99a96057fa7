"""Leads one mapping from an unknown sheet to what is remembered; reading happens in workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QObject, Signal

from app.models.enums import RecordKind
from app.services import importing, mapping
from app.services.changes import ChangeSet
from app.services.importing import ImportPlan
from app.services.mapping import (
    Placed,
    Preview,
    Role,
    Sheet,
    TableKind,
    TableMap,
)
from app.services.output import safe_file_name
from app.services.progress import Progress
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.mapping.page import MappingPage
from app.ui.pages.mapping.placing import IGNORED, OPEN, PERSONAL
from app.ui.tasks.task import Task

_FILES = "Разметка таблицы (*.json)"
_ROLES = {OPEN: Role.OPEN, IGNORED: Role.IGNORED, PERSONAL: Role.PERSONAL}


@dataclass(frozen=True)
class _Opened:
    """The sheets of a file that hold anything, and the mappings that are remembered."""

    sheets: tuple[Sheet, ...]
    known: Mapping[str, TableMap]
    titles: Mapping[str, str]


class MappingPresenter(QObject):
    """Lives as long as its page."""

    over = Signal()

    def __init__(self, context: Context, page: MappingPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._path = ""
        self._opened = _Opened((), {}, {})
        self._sheet = Sheet("", ())
        self._shown = self._sheet
        """The sheet as the page shows it: a form is turned."""
        self._map: TableMap | None = None
        self._kept: dict[tuple[int, str], Placed] = {}
        """What was said of columns, by place and title, while the header moves to and fro."""
        self._preview: Task | None = None
        self._connect()

    def _connect(self) -> None:
        page, controls = self._page, self._page.controls
        controls.sheet_chosen.connect(self._on_sheet)
        controls.kind_chosen.connect(self._on_kind)
        controls.rows_chosen.connect(self._on_rows)
        controls.said.connect(self._on_said)
        controls.turn_wanted.connect(self._on_turn)
        page.sheet.placing_model.chosen.connect(self._on_column)
        page.sheet.header_clicked.connect(self._on_header)
        page.remember_wanted.connect(self._on_remember)
        page.save_wanted.connect(self._on_save)
        page.load_wanted.connect(self._on_load)
        page.cancel_wanted.connect(self.over)

    def begin(self, plan: ImportPlan, path: str) -> None:
        """Read the file's sheets and propose a mapping."""
        self._path = path
        self._page.setEnabled(False)
        self._page.name.setText(PurePosixPath(path).stem)
        task = self._context.tasks.files.call_long(
            "Чтение файла", _open, self._context.workspace, plan, path
        )
        task.done.connect(self._on_opened)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self.over)

    def _on_failed(self, _error: Exception) -> None:
        # The person has been told by the window.
        self.over.emit()

    def _on_opened(self, opened: _Opened) -> None:
        self._opened = opened
        self._page.setEnabled(True)
        names = [sheet.name for sheet in opened.sheets]
        self._page.controls.offer_sheets(names, 0)
        if opened.sheets:
            self._on_sheet(0)
        self._page.enter()

    # Wishes of the person.

    def _on_sheet(self, number: int) -> None:
        self._sheet = self._opened.sheets[number]
        self._kept.clear()
        found = mapping.find(self._sheet, self._opened.known)
        if found is not None:
            self._page.name.setText(self._opened.titles[found[0]])
        made = found[1] if found else mapping.propose(self._sheet)
        self._turn(made.turned)
        self._show(made)

    def _on_kind(self) -> None:
        if self._map is None:
            return
        controls = self._page.controls
        kind = TableKind(controls.kind.currentData())
        record = controls.record.currentData() if kind is TableKind.RECORD else None
        self._kept.clear()
        if self._map.turned and kind is not TableKind.RECORD:
            self._turn(turned=False)
            made = mapping.propose(self._sheet)
            self._show(mapping.place_all(self._sheet, made.header, kind, None))
            return
        made = self._place(self._map.header, kind, record)
        self._show(replace(made, origins={**self._map.origins, **made.origins}))

    def _on_turn(self, turned: bool) -> None:
        """Read the sheet as a form, or as a table again."""
        if turned and not mapping.can_turn(self._sheet):
            self._page.controls.turned.setChecked(False)
            prompts.inform(
                self._page,
                "Это не бланк",
                "На листе слишком много строк для бланка одной школы.",
                "Разметьте его как таблицу.",
            )
            return
        self._kept.clear()
        self._turn(turned)
        record = self._page.controls.record.currentData()
        if turned:
            self._show(mapping.place_form(self._sheet, None, record))
        else:
            header = mapping.propose(self._sheet).header
            self._show(mapping.place_all(self._sheet, header, TableKind.RECORD, record))

    def _turn(self, turned: bool) -> None:
        self._shown = mapping.turned(self._sheet) if turned else self._sheet
        self._page.show_sheet(self._shown, turned=turned)

    def _place(
        self, header: tuple[int, int], kind: TableKind, record: RecordKind | None
    ) -> TableMap:
        if self._map is not None and self._map.turned:
            return mapping.place_form(self._sheet, header, record)
        return mapping.place_all(self._sheet, header, kind, record)

    def _on_rows(self) -> None:
        if self._map is None:
            return
        controls = self._page.controls
        header = (controls.first.value() - 1, controls.last.value() - 1)
        if header == self._map.header:
            self._show(replace(self._map, data=controls.data.value() - 1))
        else:
            self._move_header(header)

    def _on_header(self, row: int, extend: bool) -> None:
        if self._map is not None:
            first = self._map.header[0] if extend else row
            self._move_header((min(first, row), max(first, row)))

    def _move_header(self, header: tuple[int, int]) -> None:
        """Place the columns under other titles; those that were placed by hand stay so."""
        if self._map is None:
            return
        if header[0] > header[1] or header[1] >= self._shown.height:
            self._show(replace(self._map, header=header))
            return
        self._kept |= {(c.column, c.title): c for c in self._map.columns if c.role is not Role.OPEN}
        made = self._place(header, self._map.kind, self._map.record)
        columns = tuple(self._kept.get((c.column, c.title), c) for c in made.columns)
        origins = {**made.origins, **self._map.origins}
        school = self._map.school or made.school
        self._show(replace(made, columns=columns, origins=origins, school=school))

    def _on_said(self) -> None:
        if self._map is None:
            return
        controls = self._page.controls
        said = {part: field.origin() for part, field in controls.origins.items()}
        changed = replace(
            self._map,
            origins={part: origin for part, origin in said.items() if origin is not None},
            marks=mapping.MarksGiven(controls.marks.currentData()),
            totals_count=controls.totals.isChecked(),
            school=controls.school.text().strip().upper() if self._map.turned else "",
        )
        if changed != self._map:
            self._show(changed)

    def _on_column(self, column: int, name: str, value: str) -> None:
        if self._map is None:
            return
        if name == "field":
            role = _ROLES.get(value, Role.FIELD)
            field = value if role is Role.FIELD else ""
            self._show(self._map.with_column(column, role=role, field=field))
        elif name == "subject":
            self._show(self._map.with_column(column, subject=value.strip()))
        else:
            number = int(value) if value.strip().isdecimal() else None
            self._show(self._map.with_column(column, **{name: number}))

    # Showing.

    def _show(self, made: TableMap) -> None:
        self._map = made
        reasons = mapping.faults(made)
        self._page.show_map(made, reasons)
        if self._preview is not None:
            self._preview.abandon()
            self._preview = None
        if not reasons:
            self._preview = self._context.tasks.files.call(
                "Предварительный просмотр", mapping.preview, self._sheet, made
            )
            self._preview.done.connect(self._on_preview)

    def _on_preview(self, preview: Preview) -> None:
        self._preview = None
        self._page.show_preview(preview)

    # Keeping.

    def _on_remember(self) -> None:
        if self._map is None:
            return
        self._page.setEnabled(False)
        task = self._context.tasks.database.call(
            "Запоминаю разметку",
            mapping.remember,
            self._context.workspace,
            self._page.name.text(),
            self._map,
        )
        task.done.connect(self._on_remembered)
        task.failed.connect(self._on_not_remembered)

    def _on_remembered(self, changes: ChangeSet) -> None:
        self._context.bus.publish(changes)
        self._context.told.emit("Разметка запомнена: такие таблицы больше не спросят.")
        path = self._path
        self.over.emit()
        self._context.mapping_made.emit(path)

    def _on_not_remembered(self, _error: Exception) -> None:
        self._page.setEnabled(True)

    def _on_save(self) -> None:
        if self._map is None:
            return
        name = self._page.name.text()
        proposed = Path(f"{safe_file_name(name)}.json")
        path = prompts.save_file(self._page, "Разметка в файл", proposed, _FILES)
        if path is not None:
            task = self._context.tasks.files.call(
                "Запись разметки", mapping.export_mapping, name, self._map, path
            )
            task.done.connect(self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self._context.told.emit(f"Разметка записана: {path}")

    def _on_load(self) -> None:
        paths = prompts.open_files(self._page, "Разметка из файла", _FILES)
        if paths:
            task = self._context.tasks.files.call("Чтение разметки", mapping.read_mapping, paths[0])
            task.done.connect(self._on_loaded)

    def _on_loaded(self, loaded: tuple[str, TableMap]) -> None:
        """Show a mapping from a file where its header stands; another table's is refused."""
        title, body = loaded
        found = mapping.find(self._sheet, {mapping.fingerprint_of(body): body})
        if found is None:
            prompts.inform(
                self._page,
                "Это разметка другой таблицы",
                f"На листе «{self._sheet.name}» нет заголовка, для которого сделана разметка "
                f"«{title}». Выберите другой лист или другой файл разметки.",
            )
            return
        self._page.name.setText(title)
        self._turn(found[1].turned)
        self._show(found[1])


def _open(workspace: Workspace, plan: ImportPlan, path: str, progress: Progress) -> _Opened:
    sheets = importing.open_sheets(plan, path, progress)
    rows = [row for row in mapping.list_mappings(workspace) if row.body is not None]
    return _Opened(
        tuple(sheet for sheet in sheets if any(True for _ in sheet.filled_rows())),
        {row.fingerprint: row.body for row in rows if row.body is not None},
        {row.fingerprint: row.title for row in rows},
    )
