"""The dialog «Названия, коды и состояние»: how files know a school, and whether it works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.models.enums import SchoolStatus
from app.services import registry, schools
from app.services.changes import ChangeSet
from app.services.schools import AliasValue, CodeValue, SchoolCard, SchoolRow
from app.services.source import Source
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.pages.schools.identity_forms import CodeForm, EndingForm
from app.ui.theme.colors import Tone
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (760, 560)
_IN_FORCE = Chip(Tone.SUCCESS, Sign.CHECK, "действует")
_FORMER = Chip(Tone.NEUTRAL, Sign.DASH, "прежний")


def _day(value: object) -> str:
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else ""


def _origin(source: Source | None) -> str:
    return source.sentence() if source else "введено вручную"


def _code_chip(code: CodeValue) -> Chip:
    return _IN_FORCE if code.current else _FORMER


CODES: tuple[Column[CodeValue], ...] = (
    Column("system", "Чей код", lambda code: code.system.value, width=96),
    Column("code", "Код", lambda code: code.code, width=130),
    Column("state", "Состояние", lambda c: _code_chip(c).word, width=112, chip=_code_chip),
    Column("since", "С", lambda code: code.since, _day, width=88),
    Column("until", "По", lambda code: code.until, _day, width=88),
    Column("origin", "Откуда", lambda code: _origin(code.source), width=180),
)
ALIASES: tuple[Column[AliasValue], ...] = (
    Column("name", "Так школу называют файлы", lambda alias: alias.name, width=340),
    Column("origin", "Откуда", lambda alias: _origin(alias.source), width=260),
)


class _Loaded(NamedTuple):
    card: SchoolCard
    others: tuple[SchoolRow, ...]


class IdentityDialog(QDialog):
    """Every change is stored at once and can be undone; the dialog stays open meanwhile."""

    def __init__(self, context: Context, school_id: int) -> None:
        super().__init__(context.window)
        self._context = context
        self._school = school_id
        self._loaded: _Loaded | None = None
        self.setWindowTitle("Названия, коды и состояние школы")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        state = self._context.state
        self.codes_model: TableModel[CodeValue] = TableModel(CODES, lambda one: one.id, self)
        self.codes = TableView(self.codes_model, "codes", "Коды школы", state)
        self.aliases_model: TableModel[AliasValue] = TableModel(ALIASES, lambda one: one.id, self)
        self.aliases = TableView(self.aliases_model, "aliases", "Другие названия школы", state)
        self.name = label("", "title", wrap=True)
        self.status = label("", wrap=True, selectable=True)
        self.add_code, self.change_code, self.remove_code = _three()
        self.add_alias, self.change_alias, self.remove_alias = _three()
        self.end = QPushButton("Закрыта, присоединена…")
        self.reopen = QPushButton("Снова действует")
        self.end.setToolTip("Школа закрыта или присоединена к другой: день и основание")
        self.done_button = QPushButton("Закрыть")
        self.done_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.name)
        column.addLayout(_line(self.status, self.end, self.reopen))
        codes = (self.add_code, self.change_code, self.remove_code)
        column.addLayout(_line(label("Коды", "heading"), *codes))
        column.addWidget(self.codes, 1)
        aliases = (self.add_alias, self.change_alias, self.remove_alias)
        column.addLayout(_line(label("Другие названия", "heading"), *aliases))
        column.addWidget(self.aliases, 1)
        note = label("Каждое изменение записано сразу; отменить – Ctrl+Z в окне.", "muted")
        column.addLayout(_line(note, self.done_button))

    def _connect(self) -> None:
        pairs = (
            (self.add_code, self._on_add_code),
            (self.change_code, self._on_change_code),
            (self.remove_code, self._on_remove_code),
            (self.add_alias, self._on_add_alias),
            (self.change_alias, self._on_change_alias),
            (self.remove_alias, self._on_remove_alias),
            (self.end, self._on_end),
            (self.reopen, self._on_reopen),
            (self.done_button, self.accept),
        )
        for button, slot in pairs:
            button.clicked.connect(slot)
        self.codes.current_row_changed.connect(self._on_row)
        self.aliases.current_row_changed.connect(self._on_row)
        self.finished.connect(self._on_finished)
        self._on_row()

    def _load(self) -> None:
        task = self._context.tasks.database.call(
            "Читаю названия и коды", _read, self._context.workspace, self._school
        )
        task.done.connect(self._on_loaded)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        card = loaded.card
        self.name.setText(card.row.short_name)
        self.status.setText(status_text(card))
        works = card.row.status is SchoolStatus.ACTIVE
        self.end.setVisible(works)
        self.reopen.setVisible(not works)
        self.codes_model.set_rows(card.codes)
        self.aliases_model.set_rows(card.aliases)
        if self.end.hasFocus():
            self.codes.setFocus()  # the first button must not take Enter for itself
        self._on_row()

    def _on_row(self, _row: object = None) -> None:
        for button in (self.change_code, self.remove_code):
            button.setEnabled(self.codes.current() is not None)
        for button in (self.change_alias, self.remove_alias):
            button.setEnabled(self.aliases.current() is not None)

    def _do(self, work: Callable[..., ChangeSet], *args: Any) -> None:
        task = self._context.tasks.database.call("Записываю", work, self._context.workspace, *args)
        task.done.connect(self._on_done)

    def _on_done(self, changes: ChangeSet) -> None:
        self._context.bus.publish(changes)
        self._load()

    # Codes.

    def _on_add_code(self) -> None:
        form = CodeForm(self, self.name.text())
        if prompts.run(form):
            self._do(registry.add_code, self._school, form.details)
        form.deleteLater()

    def _on_change_code(self) -> None:
        code = self.codes.current()
        if code is None:
            return
        form = CodeForm(self, self.name.text(), code)
        if prompts.run(form):
            self._do(registry.change_code, code.id, form.details)
        form.deleteLater()

    def _on_remove_code(self) -> None:
        code = self.codes.current()
        if code is not None:
            self._do(registry.remove_code, code.id)

    # Other names.

    def _on_add_alias(self) -> None:
        name = prompts.ask_text(self, "Другое название", "Как школу называют в файлах")
        if name:
            self._do(registry.add_alias, self._school, name)

    def _on_change_alias(self) -> None:
        alias = self.aliases.current()
        if alias is None:
            return
        name = prompts.ask_text(self, "Другое название", "Как школу называют в файлах", alias.name)
        if name:
            self._do(registry.rename_alias, alias.id, name)

    def _on_remove_alias(self) -> None:
        alias = self.aliases.current()
        if alias is not None:
            self._do(registry.remove_alias, alias.id)

    # Whether it works.

    def _on_end(self) -> None:
        if self._loaded is None:
            return
        form = EndingForm(self, self.name.text(), self._loaded.others)
        if prompts.run(form):
            self._do(registry.end_school, self._school, form.ending)
        form.deleteLater()

    def _on_reopen(self) -> None:
        self._do(registry.reopen_school, self._school)

    def _on_finished(self, _result: int) -> None:
        self.codes.save_state()
        self.aliases.save_state()


def status_text(card: SchoolCard) -> str:
    """Return how the school stands, in a sentence: it works, was closed, or went into another."""
    joined = ", ".join(
        f"«{one.name}»{f' с {_day(one.on)}' if one.on else ''}" for one in card.joined
    )
    came = f" К ней присоединены: {joined}." if joined else ""
    ending = card.ending
    if ending is None:
        return f"Состояние: {card.row.status.value}.{came}"
    where = f" к школе «{ending.successor.name}»" if ending.successor else ""
    since = f" с {_day(ending.ended_on)}" if ending.ended_on else ""
    word = card.row.status.value.capitalize()
    return f"{word}{where}{since}. Основание: {ending.reason}.{came}"


def _three() -> tuple[QPushButton, QPushButton, QPushButton]:
    return QPushButton("Добавить…"), QPushButton("Изменить…"), QPushButton("Убрать")


def _line(first: QWidget, *buttons: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    line.addWidget(first, 1)
    for button in buttons:
        line.addWidget(button)
    return line


def _read(workspace: Workspace, school_id: int) -> _Loaded:
    rows = schools.list_schools(workspace)
    others = (row for row in rows if row.id != school_id and row.status is SchoolStatus.ACTIVE)
    return _Loaded(schools.school_card(workspace, school_id), tuple(others))
