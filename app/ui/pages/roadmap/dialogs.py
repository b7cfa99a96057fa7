"""Dialogs of the page «Дорожная карта»: a roadmap as a whole, what a document holds, a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from app.models.enums import RoadmapMode
from app.services import roadmap
from app.services.importing import PlanChoice, PlanProposal
from app.services.roadmap import RoadmapForm, RoadmapInfo
from app.ui.dialogs.form_dialog import ChoiceField, FormDialog, Option, year_of
from app.ui.itemmodels import Align, Column, TableModel
from app.ui.numbers import counted
from app.ui.pages.roadmap.columns import one_line
from app.ui.pages.roadmap.lines import ReadLine, read_lines
from app.ui.state import WindowState
from app.ui.widgets.table_view import TableView

_MODES: tuple[Option, ...] = tuple((mode.value.capitalize(), mode) for mode in RoadmapMode)
_PREVIEW_WIDTH, _PREVIEW_HEIGHT = 860, 300
_SHOWN_PROBLEMS = 6
_KEEP = object()
"""Stands for «не менять» in a choice: None and an empty text are values of their own."""

READ: tuple[Column[ReadLine], ...] = (
    Column("number", "№", lambda line: line.number, width=60),
    Column("title", "Раздел или мероприятие", lambda line: line.title, width=330),
    Column("term", "Срок", lambda line: line.term, width=120),
    Column("who", "Ответственный", lambda line: line.responsible, width=150),
    Column("result", "Результат", lambda line: line.result, width=160),
    Column("years", "По годам", lambda line: line.years, align=Align.LEFT, width=100),
)


class RoadmapDialog(FormDialog):
    """Asks what a roadmap is called, how it is grouped, its years and programme."""

    def __init__(
        self, parent: QWidget | None, programmes: Sequence[Option], info: RoadmapInfo | None = None
    ) -> None:
        super().__init__(parent, "Дорожная карта" if info else "Новая дорожная карта")
        self.title_field = self.text("Название", info.title if info else "", required=True)
        self.mode = self.choice("Как сгруппирована", _MODES, info.mode if info else None)
        with self.row():
            self.first = self.year("Первый год", info.first_year if info else None)
            self.last = self.year("Последний год", info.last_year if info else None)
        options = [("Без программы", None), *programmes]
        self.programme = self.choice("Программа", options, info.programme_id if info else None)
        self.note("По этим годам понимаются сроки без года: «сентябрь», «II полугодие».")
        self._directions = info.directions if info else ()
        self.finish()

    @property
    def answer(self) -> RoadmapForm:
        """What was filled in."""
        return RoadmapForm(
            one_line(self.title_field.toPlainText()),
            self.mode.value(),
            year_of(self.first),
            year_of(self.last),
            self.programme.value(),
            self._directions,
        )


class RenewDialog(RoadmapDialog):
    """Asks what the roadmap on the base of another one is called, and its years."""

    by: ChoiceField | None = None
    """The question of the shift, where the old roadmap does not know its first year."""

    def __init__(
        self, parent: QWidget | None, programmes: Sequence[Option], info: RoadmapInfo
    ) -> None:
        first, last = info.first_year, info.last_year
        length = last - first + 1 if first and last else 1
        moved = replace(
            info,
            title=roadmap.shifted(info.title, length),
            first_year=first and first + length,
            last_year=last and last + length,
        )
        super().__init__(parent, programmes, moved)
        self.setWindowTitle("Новая дорожная карта по прежней")
        self._old = info
        self._proposed = moved.title
        self.first.textChanged.connect(self._follow)
        if self.by is not None:
            self.by.currentIndexChanged.connect(self._follow)
        self._follow()

    @property
    def shift(self) -> int:
        """By how many years everything moves; only of an accepted dialog."""
        return roadmap.renewal_shift(self._old, year_of(self.first), self._asked())

    def finish(self) -> None:
        """Ask for the shift where no year tells it; say what comes along before the buttons."""
        if self.first.text():
            self.require(lambda: year_of(self.first) is not None)
            how = "сдвигаются так же, как первый год"
        else:
            shifts: list[Option] = [("выберите", None), ("не сдвигать", 0)]
            shifts += [(f"{shift:+d}", shift) for shift in range(-3, 6) if shift]
            self.by = self.choice("Сдвинуть годы", shifts)
            self.require(lambda: self._asked() is not None)
            how = "сдвигаются на столько лет: у прежней карты первый год не указан"
        self.note(
            f"Переносятся все разделы и мероприятия; годы в названиях, сроках и количествах {how}. "
            "Состояния, подтверждения и факт не переносятся."
        )
        super().finish()

    def _asked(self) -> int | None:
        asked: int | None = self.by.value() if self.by is not None else None
        return asked

    def _follow(self, *_changed: object) -> None:
        """Let the title move as the deadlines do, until the person writes another one."""
        if self.title_field.toPlainText() != self._proposed:
            return
        shift = self._asked()
        if self.by is None:
            shift = self.shift if year_of(self.first) is not None else None
        self._proposed = roadmap.shifted(self._old.title, shift or 0)
        self.title_field.setPlainText(self._proposed)


class PlanDialog(FormDialog):
    """Shows what was read from a table before it is stored; its title and years can be mended."""

    def __init__(
        self,
        parent: QWidget | None,
        proposal: PlanProposal,
        problems: Sequence[str],
        programmes: Sequence[Option],
        state: WindowState,
    ) -> None:
        super().__init__(parent, "Дорожная карта из файла", "Записать", _PREVIEW_WIDTH)
        head = proposal.plan.head
        lines = read_lines(proposal.plan)
        groups = sum(line.level > 0 for line in lines)
        rows = counted(len(lines) - groups, "мероприятие", "мероприятия", "мероприятий")
        heads = counted(groups, "заголовок", "заголовка", "заголовков")
        self.heading(f"{proposal.sheet}: {rows}, {heads}")
        self.title_field = self.line("Название", head.title, required=True)
        with self.row():
            self.mode = self.choice("Как сгруппирована", _MODES, head.mode)
            self.first = self.year("Первый год", head.first_year)
            self.last = self.year("Последний год", head.last_year)
            options = [("Без программы", None), *programmes]
            self.programme = self.choice("Программа", options, proposal.programme_id)
        self._build_preview(lines, state)
        self._build_states(proposal)
        self._build_problems(problems)
        self.finish()

    def _build_states(self, proposal: PlanProposal) -> None:
        states = counted(proposal.remarks, "мероприятие", "мероприятия", "мероприятий")
        self.states = QCheckBox(f"Проставить состояния по отметкам о выполнении: {states}")
        self.states.setToolTip("Без этого всё останется запланированным, отметки – текстом")
        self.states.setChecked(proposal.states)
        self.states.setVisible(proposal.remarks > 0)
        self.add_widget(self.states)

    def _build_preview(self, lines: Sequence[ReadLine], state: WindowState) -> None:
        self.model: TableModel[ReadLine] = TableModel(READ, lambda line: line.row, self)
        self.model.set_rows(lines)
        self.table = TableView(self.model, "roadmap-read", "Прочитанные строки", state)
        self.table.setFixedSize(_PREVIEW_WIDTH - 24, _PREVIEW_HEIGHT)
        self.add_widget(self.table)

    def _build_problems(self, problems: Sequence[str]) -> None:
        for text in problems[:_SHOWN_PROBLEMS]:
            self.note(text, "warning")
        left = len(problems) - _SHOWN_PROBLEMS
        if left > 0:
            self.note(f"И ещё {counted(left, 'замечание', 'замечания', 'замечаний')}.")

    @property
    def answer(self) -> PlanChoice:
        """What the person said of the table."""
        first, last = year_of(self.first), year_of(self.last)
        years = (first, last) if first is not None and last is not None else None
        title = one_line(self.title_field.text())
        return PlanChoice(
            title,
            self.mode.value(),
            years,
            self.programme.value(),
            states=self.states.isChecked(),
        )


class CopyDialog(FormDialog):
    """Asks where copies go and by how many years they move."""

    def __init__(
        self,
        parent: QWidget | None,
        count: int,
        targets: Sequence[RoadmapInfo],
        current: int,
        whole: bool = False,
    ) -> None:
        super().__init__(parent, "Копирование строк", "Копировать")
        rows = counted(count, "строка", "строки", "строк")
        self.heading(f"Вся дорожная карта: {rows}" if whole else rows)
        options = [(one.title, one.id) for one in targets]
        self.target = self.choice("В какую дорожную карту", options, current)
        shifts = [(f"{shift:+d}" if shift else "не сдвигать", shift) for shift in range(-3, 6)]
        self.shift = self.choice("Сдвинуть годы в сроках и количествах", shifts, 1)
        self.note(
            "Раздел копируется со всем, что в нём. Состояние, подтверждения и факт не копируются."
        )
        self.finish()


class ManyDialog(FormDialog):
    """Asks what several activities get; a field that is left empty changes nothing."""

    def __init__(
        self,
        parent: QWidget | None,
        count: int,
        factors: Sequence[Option],
        indicators: Sequence[Option],
    ) -> None:
        super().__init__(parent, "Изменение нескольких строк", "Записать")
        self.heading(counted(count, "мероприятие", "мероприятия", "мероприятий"))
        self.note("Пустое поле ничего не меняет. Всё записанное отменяется одним Ctrl+Z.")
        self.lines = {
            "term": self.line("Срок"),
            "responsible": self.line("Ответственный"),
            "result": self.line("Результат"),
            "evidence": self.line("Форма представления"),
        }
        keep: Option = ("не менять", _KEEP)
        with self.row():
            options = [keep, ("не указан", ""), *factors]
            self.factor = self.choice("Фактор риска", options, _KEEP)
            options = [keep, ("не указан", None), *indicators]
            self.indicator = self.choice("Показатель", options, _KEEP)
        self.indicator.setEnabled(bool(indicators))
        self.remind = self.day("Напомнить")
        self.finish()

    @property
    def answer(self) -> dict[str, Any]:
        """What changes, as ``edit_activities`` takes it; empty for nothing."""
        changes: dict[str, Any] = {
            name: field.text() for name, field in self.lines.items() if field.text().strip()
        }
        if self.factor.value() is not _KEEP:
            changes["factor"] = self.factor.value()
        if self.indicator.value() is not _KEEP:
            changes["indicator_id"] = self.indicator.value()
        if self.remind.value() is not None:
            changes["remind_on"] = self.remind.value()
        return changes


class SchoolsDialog(FormDialog):
    """Asks for which schools activities are; none ticked means all."""

    def __init__(
        self, parent: QWidget | None, schools: Sequence[tuple[str, int]], chosen: set[int]
    ) -> None:
        super().__init__(parent, "Для каких школ")
        self.note("Если не отмечена ни одна, мероприятие для всех школ.")
        self.list = QListWidget()
        self.list.setAccessibleName("Школы")
        self.list.setMinimumSize(480, 320)
        for name, key in schools:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(_state(key in chosen))
            self.list.addItem(item)
        self.add_widget(self.list)
        self.finish()

    @property
    def answer(self) -> tuple[int, ...]:
        """Ids of the ticked schools."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == _state(True)
        )


def _state(checked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
