"""The view of the tab «Поддержка»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.services.people import OrganizationRow, PersonRow
from app.services.support import AppointmentRow, GroupRow, PairRow
from app.ui.context import Context
from app.ui.itemmodels.columns import Column, folded
from app.ui.page import Page
from app.ui.pages.support import lines
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.list_pane import Emptiness, Facts, ListPane
from app.ui.widgets.text import label
from app.ui.widgets.views import ViewSwitch

CURATORS, PAIRS, GROUPS, PEOPLE, PLACES = "curators", "pairs", "groups", "people", "places"
_TITLES = {
    CURATORS: "Кураторы",
    PAIRS: "Наставники",
    GROUPS: "Сетевые группы",
    PEOPLE: "Люди",
    PLACES: "Организации",
}
_EMPTY = {
    CURATORS: Emptiness(
        "Никто ещё не назначен",
        "Назначьте муниципального координатора и кураторов школ. Если имя ещё не известно, "
        "оставьте его пустым: программа напомнит.",
        "Назначить…",
    ),
    PAIRS: Emptiness(
        "Наставнических пар ещё нет",
        "Закрепите за школой наставника. Кнопка «Подобрать…» покажет, кого предложить и почему.",
        "Добавить пару…",
    ),
    GROUPS: Emptiness(
        "Сетевых групп ещё нет",
        "Объедините школы в группы и укажите принцип взаимодействия.",
        "Добавить группу…",
    ),
    PEOPLE: Emptiness(
        "Справочник людей пуст",
        "Внесите тех, кто курирует школы, отвечает за мероприятия и подписывает документы.",
        "Добавить человека…",
    ),
    PLACES: Emptiness(
        "Справочник организаций пуст",
        "Школы появятся сами после загрузки реестра. Внесите методический кабинет, "
        "объединения, институт развития образования.",
        "Добавить организацию…",
    ),
}


class SupportPage(Page):
    """Shows the five lists; the presenter brings them."""

    key = "support"
    title = "Поддержка"

    partners_wanted = Signal()
    replace_wanted = Signal(object)
    """A row of the directory that is to be replaced everywhere."""
    join_wanted = Signal(object)
    """A row of the directory that is the same entry as another one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self._context = context
        self._build()
        self._connect()

    def _build(self) -> None:
        self.views = ViewSwitch("Что показать")
        for key, title in _TITLES.items():
            self.views.add(key, title)
        self.bar = FilterBar(self)
        self.bar.add_lead(self.views)
        self.search = self.bar.add_search("Найти в списке", 200)
        self.note = self.bar.add_note()
        self.warning = label("", "warning")
        self.warning.hide()
        self.stack = QStackedWidget(self)
        self._build_panes()
        for pane in self.panes.values():
            self.stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)

    def _build_panes(self) -> None:
        self.curators = self._pane(
            CURATORS, lines.appointment_columns(), lines.describe_appointment
        )
        self.curators.add_lead(self.warning)
        self.curators.add_usual("Назначить…", "назначение")
        self.pairs = self._pane(PAIRS, lines.pair_columns(), lines.describe_pair)
        self.partners = self.pairs.add_action("Подобрать…")
        self.partners.setToolTip("Кого предложить школе в наставники и почему")
        self.pairs.add_usual("Добавить пару…", "пара")
        self.groups = self._pane(GROUPS, lines.group_columns(), lines.describe_group)
        self.groups.add_usual("Добавить группу…", "группа")
        self.people = self._pane(PEOPLE, lines.person_columns(), lines.describe_person)
        self._add_directory_actions(self.people, "Добавить человека…")
        self.places = self._pane(PLACES, lines.organization_columns(), lines.describe_organization)
        self._add_directory_actions(self.places, "Добавить организацию…")
        self.panes = {
            CURATORS: self.curators,
            PAIRS: self.pairs,
            GROUPS: self.groups,
            PEOPLE: self.people,
            PLACES: self.places,
        }

    def _add_directory_actions(self, pane: ListPane, add: str) -> None:
        join = pane.add_action("Соединить…", for_row=True)
        join.setToolTip("Та же запись уже есть под другим написанием")
        join.clicked.connect(self._on_join)
        replace = pane.add_action("Заменить везде…", for_row=True)
        replace.setToolTip("Где используется и на кого заменить")
        replace.clicked.connect(self._on_replace)
        pane.add_usual(add, "запись справочника")

    def _pane(
        self, key: str, columns: Sequence[Column[Any]], describe: Callable[[Any], Facts]
    ) -> ListPane:
        return ListPane(
            columns,
            _key_of,
            f"support-{key}",
            _TITLES[key],
            self._context.state,
            _EMPTY[key],
            describe,
            self.stack,
        )

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.search.textChanged.connect(self._on_search)
        self.partners.clicked.connect(self.partners_wanted)

    # What the presenter uses.

    def show_curators(self, rows: Sequence[AppointmentRow], alone: Sequence[str]) -> None:
        """Show appointments; ``alone`` are schools in support that nobody curates."""
        self.curators.show_rows(rows)
        self._count(CURATORS, sum(bool(row.problems) for row in rows))
        more = f" и ещё {len(alone) - 2}" if len(alone) > 2 else ""
        self.warning.setText(f"Нет куратора: {', '.join(alone[:2])}{more}")
        self.warning.setToolTip("\n".join(alone))
        self.warning.setVisible(bool(alone))

    def show_pairs(self, rows: Sequence[PairRow]) -> None:
        """Show mentor pairs."""
        self.pairs.show_rows(rows)
        self._count(PAIRS, sum(bool(row.problems) for row in rows))

    def show_groups(self, rows: Sequence[GroupRow]) -> None:
        """Show network groups."""
        self.groups.show_rows(rows)
        self._count(GROUPS, sum(bool(row.problems) for row in rows))

    def show_directory(
        self, people: Sequence[PersonRow], organizations: Sequence[OrganizationRow]
    ) -> None:
        """Show the directory."""
        self.people.show_rows(people)
        self.places.show_rows(organizations)

    # The page's own.

    def enter(self) -> None:
        self.panes[self.views.value()].enter()

    def save_state(self) -> None:
        for pane in self.panes.values():
            pane.table.save_state()

    def _count(self, key: str, count: int) -> None:
        self.views.set_count(key, _TITLES[key], count)

    def _on_view(self, key: str) -> None:
        self.stack.setCurrentWidget(self.panes[key])
        self.search.clear()
        self.enter()

    def _on_search(self, text: str) -> None:
        pane = self.panes[self.views.value()]
        wanted = folded(text)

        def accepts(row: Any) -> bool:
            shown = (column.display(row) for column in pane.model.columns)
            return wanted in folded(" ".join(shown))

        nothing = Emptiness("Ничего не найдено", "Измените поиск.")
        pane.set_filter(accepts if wanted else None, nothing if wanted else None)

    def _on_join(self) -> None:
        self.join_wanted.emit(self.panes[self.views.value()].current())

    def _on_replace(self) -> None:
        self.replace_wanted.emit(self.panes[self.views.value()].current())


def _key_of(row: Any) -> object:
    """A school that nothing refers to yet has no id of its own in the directory."""
    return row.id if row.id is not None else ("school", row.school_id)
