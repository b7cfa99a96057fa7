"""Cards of many schools: which schools, in one file or a file for each, printed in the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.errors import UserError
from app.models.enums import SchoolStatus
from app.services import documents, methodology, schools
from app.services.documents import CardsMade, CardsRequest
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.form_dialog import FormDialog
from app.ui.folders import documents_folder
from app.ui.numbers import counted
from app.ui.saving import with_ending
from app.ui.theme.metrics import GAP
from app.ui.widgets.text import label

_LIST_HEIGHT = 300
_ID = Qt.ItemDataRole.UserRole
_ONE_FILTERS = {".pdf": "Документ PDF (*.pdf)", ".docx": "Документ Word (*.docx)"}


class ListedSchool(NamedTuple):
    """A school to print, with the words it is filtered by."""

    id: int
    name: str
    category: str


class Way(NamedTuple):
    """How the cards are written: into one file, or into a folder with these endings."""

    one_file: bool
    endings: tuple[str, ...]


_WAYS = (
    ("Все карточки в одном файле PDF", Way(True, (".pdf",))),
    ("Все карточки в одном файле DOCX", Way(True, (".docx",))),
    ("В папку: PDF на каждую школу", Way(False, (".pdf",))),
    ("В папку: PDF и DOCX на каждую школу", Way(False, (".pdf", ".docx"))),
)
_ALL = "Все школы"


class CardsDialog(FormDialog):
    """Ticked schools are printed; the filter by category shows and ticks only its schools."""

    def __init__(self, parent: QWidget, listed: Sequence[ListedSchool], year: int) -> None:
        super().__init__(parent, "Карточки школ", "Напечатать…")
        self._schools = tuple(listed)
        self.note(f"Карточка – одна страница о школе за {year} год: результаты, категория, меры.")
        known = list(dict.fromkeys(one.category for one in listed))
        options = [(_ALL, ""), *((word, word) for word in sorted(known))]
        self.category = self.choice("Какие школы", options)
        self.list = QListWidget()
        self.list.setAccessibleName("Школы")
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.add_wide(self.list)
        self.count = label("", "muted")
        self.everyone = _flat("Отметить все")
        self.nobody = _flat("Снять все")
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.count)
        inside.addStretch()
        inside.addWidget(self.everyone)
        inside.addWidget(self.nobody)
        self.add_wide(line)
        self.way = self.choice("Как записать", [(text, way) for text, way in _WAYS])
        self.require(lambda: bool(self.chosen()))
        self._connect()
        self._show("")
        self.finish()

    def _connect(self) -> None:
        self.category.currentIndexChanged.connect(self._on_category)
        self.list.itemChanged.connect(self._on_item)
        self.everyone.clicked.connect(self._on_everyone)
        self.nobody.clicked.connect(self._on_nobody)

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the ticked schools."""
        return tuple(int(item.data(_ID)) for item in self._items() if _is_ticked(item))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _show(self, category: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for school in self._schools:
            if category in ("", school.category):
                item = QListWidgetItem(school.name)
                item.setData(_ID, school.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked)
                self.list.addItem(item)
        self.list.blockSignals(False)
        self._tell()

    def _tick_all(self, state: Qt.CheckState) -> None:
        self.list.blockSignals(True)
        for item in self._items():
            item.setCheckState(state)
        self.list.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        number = len(self.chosen())
        self.count.setText(f"Отмечено: {counted(number, 'школа', 'школы', 'школ')}")
        self.refresh()

    def _on_category(self, _line: int) -> None:
        self._show(str(self.category.value() or ""))

    def _on_item(self, _item: QListWidgetItem) -> None:
        self._tell()

    def _on_everyone(self) -> None:
        self._tick_all(Qt.CheckState.Checked)

    def _on_nobody(self) -> None:
        self._tick_all(Qt.CheckState.Unchecked)


class CardsPrinter(QObject):
    """Asks which cards and where to, and writes them; lives as long as the page."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner

    def ask(self) -> None:
        """Read the schools of the year, then show the dialog."""
        year = self._context.year
        if year is None:
            prompts.inform(
                self._owner,
                "Карточки школ",
                "Результатов ещё нет, карточки составить не из чего.",
                "Загрузите файлы школ: карточка показывает результаты, категорию и меры.",
            )
            return
        task = self._context.tasks.database.call(
            "Чтение школ", read_schools, self._context.workspace, year
        )
        task.done.connect(self._on_read)

    def _on_read(self, listed: tuple[ListedSchool, ...]) -> None:
        year = self._context.year
        if year is None:
            return
        dialog = CardsDialog(self._owner, listed, year)
        if prompts.run(dialog):
            way: Way = dialog.way.value()
            target = self._target(way, year)
            if target is not None:
                request = CardsRequest(year, target, dialog.chosen(), way.endings)
                task = self._context.tasks.database.call_long(
                    "Карточки школ", documents.print_cards, self._context.workspace, request
                )
                task.done.connect(self._on_made)
        dialog.deleteLater()

    def _target(self, way: Way, year: int) -> Path | None:
        if not way.one_file:
            return prompts.open_folder(self._owner, "Папка для карточек")
        ending = way.endings[0]
        proposed = documents_folder() / f"Карточки школ, {year} год{ending}"
        title = "Сохранить карточки"
        named = prompts.save_file(self._owner, title, proposed, _ONE_FILTERS[ending])
        return None if named is None else with_ending(named, ending)

    def _on_made(self, made: CardsMade) -> None:
        cards = counted(made.schools, "карточка", "карточки", "карточек")
        files = counted(len(made.files), "файле", "файлах", "файлах")
        place = made.files[0] if len(made.files) == 1 else made.files[0].parent
        question = prompts.Question(
            "Карточки готовы", f"{cards} в {files}: {place}", "Открыть", "Закрыть"
        )
        if prompts.ask(self._owner, question):
            prompts.reveal(place)


def read_schools(workspace: Workspace, year: int) -> tuple[ListedSchool, ...]:
    """Return the schools that work, with their categories of the year."""
    categories = _categories(workspace, year)
    return tuple(
        ListedSchool(one.id, one.short_name, categories.get(one.id, "без категории"))
        for one in schools.list_schools(workspace)
        if one.status is SchoolStatus.ACTIVE
    )


def _categories(workspace: Workspace, year: int) -> Mapping[int, str]:
    try:
        found = methodology.classify(workspace, year)
    except UserError:
        # No methodology covers the year: the schools are listed all the same.
        return {}
    return {one.school_id: one.category.value for one in found.schools}


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


def _flat(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", "flat")
    made.setAutoDefault(False)
    return made
