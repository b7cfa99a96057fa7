"""Asks the services for curators, pairs, groups and the directory; does what the page wants."""

from __future__ import annotations

from typing import NamedTuple

from app.models.enums import SchoolStatus
from app.services import people, schools, support
from app.services.changes import ChangeSet, Topic
from app.services.people import OrganizationRow, PersonRow, Replaced, Use, Who
from app.services.schools import SchoolRow
from app.services.support import AppointmentRow, GroupRow, PairRow, Partner
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.storing import Storing, Work
from app.ui.numbers import counted
from app.ui.pages.support.dialogs import (
    AppointmentDialog,
    GroupDialog,
    PairDialog,
    PartnersDialog,
    organization_options,
)
from app.ui.pages.support.directory_dialogs import (
    OrganizationDialog,
    PersonDialog,
    ReplaceDialog,
)
from app.ui.pages.support.page import SupportPage
from app.ui.presenter import YearPresenter

_TOPICS = frozenset(
    {
        Topic.SCHOOLS,
        Topic.RESULTS,
        Topic.DECISIONS,
        Topic.SUPPORT,
        Topic.PEOPLE,
        Topic.ROADMAPS,
    }
)


class _Loaded(NamedTuple):
    appointments: tuple[AppointmentRow, ...]
    alone: tuple[str, ...]
    pairs: tuple[PairRow, ...]
    groups: tuple[GroupRow, ...]
    people: tuple[PersonRow, ...]
    organizations: tuple[OrganizationRow, ...]
    schools: tuple[SchoolRow, ...]


class SupportPresenter(YearPresenter):
    """Keeps the page in step with the data of the window's year."""

    reading = "Читаю поддержку школ"
    topics = _TOPICS

    def __init__(self, page: SupportPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._loaded: _Loaded | None = None
        self._asked: tuple[PersonRow | OrganizationRow, bool] | None = None
        self._school: SchoolRow | None = None
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        for pane, add, opened in (
            (page.curators, self._on_curator_added, self._on_curator_opened),
            (page.pairs, self._on_pair_added, self._on_pair_opened),
            (page.groups, self._on_group_added, self._on_group_opened),
            (page.people, self._on_person_added, self._on_person_opened),
            (page.places, self._on_place_added, self._on_place_opened),
        ):
            pane.added.connect(add)
            pane.opened.connect(opened)
        page.curators.removed.connect(self._on_curators_removed)
        page.pairs.removed.connect(self._on_pairs_removed)
        page.groups.removed.connect(self._on_groups_removed)
        page.people.removed.connect(self._on_entries_removed)
        page.places.removed.connect(self._on_entries_removed)
        page.partners_wanted.connect(self._on_partners)
        page.replace_wanted.connect(self._on_replace)
        page.join_wanted.connect(self._on_join)

    @staticmethod
    def load(workspace: Workspace, year: int) -> _Loaded:
        listed = schools.list_schools(workspace)
        return _Loaded(
            support.list_appointments(workspace, year),
            support.schools_without_curator(workspace, year),
            support.list_pairs(workspace, year),
            support.list_groups(workspace, year),
            people.list_people(workspace),
            people.list_organizations(workspace),
            tuple(one for one in listed if one.status is SchoolStatus.ACTIVE),
        )

    def show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self.page.show_curators(loaded.appointments, loaded.alone)
        self.page.show_pairs(loaded.pairs)
        self.page.show_groups(loaded.groups)
        self.page.show_directory(loaded.people, loaded.organizations)

    # Curators.

    def _on_curator_added(self) -> None:
        self._on_curator_opened(None)

    def _on_curator_opened(self, row: AppointmentRow | None) -> None:
        if self._loaded is None:
            return
        dialog = AppointmentDialog(
            self._context.window,
            self._loaded.schools,
            self._loaded.people,
            self._loaded.organizations,
            row,
        )

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: support.save_appointment(workspace, form, own)

        Storing(self._context, dialog, read).run()

    def _on_curators_removed(self, rows: list[AppointmentRow]) -> None:
        ids = [row.id for row in rows]
        self.store("Удаляю назначения", support.delete_appointment, *ids)

    # Mentor pairs.

    def _on_pair_added(self) -> None:
        self._on_pair_opened(None)

    def _on_pair_opened(self, row: PairRow | None) -> None:
        self._ask_pair(row, None, None)

    def _ask_pair(self, row: PairRow | None, school: int | None, mentor: int | None) -> None:
        if self._loaded is None:
            return
        dialog = PairDialog(
            self._context.window,
            self._loaded.schools,
            self._loaded.organizations,
            row,
            school,
            mentor,
        )

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: support.save_pair(workspace, form, own)

        Storing(self._context, dialog, read).run()

    def _on_pairs_removed(self, rows: list[PairRow]) -> None:
        ids = [row.id for row in rows]
        self.store("Удаляю пары", support.delete_pair, *ids)

    def _on_partners(self) -> None:
        """Propose for the school of the chosen pair, else ask which one."""
        row = self.page.pairs.current()
        self._school = self._school_of(row.school_id) if row else self._ask_school()
        if self._school is None:
            return
        task = self._context.tasks.database.call(
            "Подбираю наставника",
            support.propose_partners,
            self._context.workspace,
            self._school.id,
            self.year,
        )
        task.done.connect(self._on_proposed)

    def _on_proposed(self, partners: tuple[Partner, ...]) -> None:
        school = self._school
        if school is None:
            return
        if not partners:
            prompts.inform(
                self._context.window,
                "Наставник",
                f"Для школы «{school.short_name}» предложить некого.",
                "Ни у одной школы нет ни похожих условий, ни хорошего результата, ни общего "
                "населённого пункта. Наставника можно выбрать самому.",
            )
            return
        dialog = PartnersDialog(self._context.window, school.short_name, partners)
        chosen = dialog.partner.value() if prompts.run(dialog) else None
        dialog.deleteLater()
        if chosen is not None:
            self._ask_pair(None, school.id, chosen.school_id)

    def _ask_school(self) -> SchoolRow | None:
        listed = self._loaded.schools if self._loaded else ()
        if not listed:
            return None
        names = {one.short_name.casefold(): one for one in listed}
        said = prompts.ask_text(
            self._context.window, "Наставник", "Для какой школы подобрать наставника?",
            listed[0].short_name,
        )  # fmt: skip
        if said is None:
            return None
        found = names.get(" ".join(said.split()).casefold())
        if found is None:
            prompts.inform(
                self._context.window,
                "Наставник",
                f"Школы «{said}» в реестре нет.",
                "Впишите краткое название, как на вкладке «Школы».",
            )
        return found

    def _school_of(self, school_id: int) -> SchoolRow | None:
        listed = self._loaded.schools if self._loaded else ()
        return next((one for one in listed if one.id == school_id), None)

    # Network groups.

    def _on_group_added(self) -> None:
        self._on_group_opened(None)

    def _on_group_opened(self, row: GroupRow | None) -> None:
        if self._loaded is None:
            return
        dialog = GroupDialog(self._context.window, self._loaded.organizations, row)

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: support.save_group(workspace, form, own)

        Storing(self._context, dialog, read).run()

    def _on_groups_removed(self, rows: list[GroupRow]) -> None:
        ids = [row.id for row in rows]
        self.store("Удаляю сетевые группы", support.delete_group, *ids)

    # The directory.

    def _on_person_added(self) -> None:
        self._on_person_opened(None)

    def _on_person_opened(self, row: PersonRow | None) -> None:
        if self._loaded is None:
            return
        places = organization_options(self._loaded.organizations)
        dialog = PersonDialog(self._context.window, places, row)

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: people.save_person(workspace, form, own)

        Storing(self._context, dialog, read).run()

    def _on_place_added(self) -> None:
        self._on_place_opened(None)

    def _on_place_opened(self, row: OrganizationRow | None) -> None:
        if row is not None and row.school_id is not None:
            self._context.school_wanted.emit(row.school_id)
            return
        dialog = OrganizationDialog(self._context.window, row)

        def read() -> Work:
            form, own = dialog.form, row.id if row else None
            return lambda workspace: people.save_organization(workspace, form, own)

        Storing(self._context, dialog, read).run()

    def _on_entries_removed(self, rows: list[PersonRow | OrganizationRow]) -> None:
        self.store("Удаляю записи справочника", people.delete, *(row.who for row in rows))

    def _on_replace(self, row: PersonRow | OrganizationRow) -> None:
        self._ask_uses(row, join=False)

    def _on_join(self, row: PersonRow | OrganizationRow) -> None:
        self._ask_uses(row, join=True)

    def _ask_uses(self, row: PersonRow | OrganizationRow, *, join: bool) -> None:
        self._asked = (row, join)
        task = self._context.tasks.database.call(
            "Ищу, где используется", people.where_used, self._context.workspace, row.who
        )
        task.done.connect(self._on_uses)

    def _on_uses(self, uses: tuple[Use, ...]) -> None:
        if self._asked is None or self._loaded is None:
            return
        row, join = self._asked
        listed: tuple[PersonRow | OrganizationRow, ...] = (
            self._loaded.people if isinstance(row, PersonRow) else self._loaded.organizations
        )
        others = [(_title(one), one.who) for one in listed if one != row]
        if not others:
            prompts.inform(self._context.window, "Справочник", "Других записей ещё нет.",
                           "Сначала добавьте ту, на которую заменить.")  # fmt: skip
            return
        dialog = ReplaceDialog(self._context.window, row.who, uses, others, join=join)

        def read() -> Work:
            other: Who = dialog.other.value()
            if join:
                return lambda workspace: people.join(workspace, row.who, (other,))
            return lambda workspace: people.replace(workspace, row.who, other)

        storing = Storing(self._context, dialog, read)
        storing.stored.connect(self._on_replaced)
        storing.run()

    def _on_replaced(self, result: ChangeSet | Replaced) -> None:
        if not isinstance(result, Replaced):
            self._context.told.emit("Написания соединены.")
            return
        rows = counted(result.rows, "месте", "местах", "местах")
        kept = f"; в документах имя осталось: {len(result.kept)}" if result.kept else ""
        self._context.told.emit(f"Заменено в {rows}{kept}.")


def _title(row: PersonRow | OrganizationRow) -> str:
    return row.name if isinstance(row, PersonRow) else row.title
