"""Pictures of the page «Поддержка» and of its dialogs, over a few entries made for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.models.enums import OrganizationKind, SupportRole
from app.services import people, schools, support
from app.services.people import OrganizationForm, PersonForm, Who
from app.services.support import AppointmentForm, GroupForm, MemberForm, PairForm
from app.services.workspace import Workspace
from app.ui.dialogs.storing import changes_of
from app.ui.pages.support.page import GROUPS, PAIRS, PEOPLE, PLACES, SupportPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> SupportPage:
    return cast(SupportPage, window.pages[SupportPage.key])


def _empty(window: MainWindow) -> None:
    window.show_page(SupportPage.key)


def _fill(window: MainWindow) -> None:
    """Enter an imaginary curator, a pair and a group, once."""
    context = window.context
    if not people.list_people(context.workspace):
        context.bus.publish(changes_of(_entries(context.workspace)))


def _entries(workspace: Workspace) -> people.Saved:
    known_ids = [one.id for one in schools.list_schools(workspace)]
    # A district of three schools has its pictures too: the list begins anew.
    ids = [known_ids[index % len(known_ids)] for index in range(5)]
    method = OrganizationForm("Районный методический кабинет", OrganizationKind.METHOD_OFFICE)
    place = Who(method.name, organization_id=people.save_organization(workspace, method).id)
    for name, post, where in (
        ("Присказкина Алёна Потеховна", "главный специалист", place),
        ("Берендеева Снежана Морозовна", "директор", Who("", school_id=ids[1])),
    ):
        cases = people.proposed_name_cases(name)
        people.save_person(
            workspace, PersonForm(name, post, where, cases, people.proposed_post_cases(post))
        )
    known = {one.post: one.who for one in people.list_people(workspace)}
    order = "приказ № 15 от 20.01.2025"
    coordinator, head = known["главный специалист"], known["директор"]
    for form in (
        AppointmentForm(SupportRole.COORDINATOR, None, coordinator, order_text=order),
        AppointmentForm(SupportRole.CURATOR, ids[3], head, order_text=order),
        AppointmentForm(SupportRole.CURATOR, ids[4], None, Who("", school_id=ids[2]), "директор"),
    ):
        support.save_appointment(workspace, form)
    support.save_pair(workspace, PairForm(ids[3], Who("", school_id=ids[1]), "Подготовка к ОГЭ"))
    members = tuple(MemberForm(Who("", school_id=one)) for one in ids[1:4])
    saved = support.save_group(workspace, GroupForm("1 группа", "", "кооперация", members))
    return people.Saved(saved.id, support.save_group(
        workspace, GroupForm("2 группа", "", "", (MemberForm(place),))).changes)  # fmt: skip


def _curators(window: MainWindow) -> None:
    window.show_page(SupportPage.key)
    _page(window).views.choose("curators")
    _page(window).curators.table.selectRow(2)


def _pairs(window: MainWindow) -> None:
    window.show_page(SupportPage.key)
    _page(window).views.choose(PAIRS)
    _page(window).pairs.table.selectRow(0)


def _groups(window: MainWindow) -> None:
    _page(window).views.choose(GROUPS)
    _page(window).groups.table.selectRow(0)


def _people(window: MainWindow) -> None:
    _page(window).views.choose(PEOPLE)
    _page(window).people.table.selectRow(0)


def _places(window: MainWindow) -> None:
    _page(window).views.choose(PLACES)


def _open(window: MainWindow) -> None:
    page = _page(window)
    pane = page.panes[page.views.value()]
    pane.opened.emit(pane.current())


def _partners(window: MainWindow) -> None:
    _page(window).partners.click()


def _replace(window: MainWindow) -> None:
    page = _page(window)
    page.replace_wanted.emit(page.people.current())


SCREENS = (
    Screen("96-support-empty", (_empty,)),
    Screen("97-support-curators", (_fill, _curators)),
    Screen("97a-support-appointment", (_curators, _open)),
    Screen("97b-support-pairs", (_fill, _pairs)),
    Screen("97c-support-partners", (_pairs, _partners)),
    Screen("97d-support-groups", (_pairs, _groups)),
    Screen("97e-support-group", (_pairs, _groups, _open)),
    Screen("97f-support-people", (_pairs, _people)),
    Screen("97g-support-person", (_pairs, _people, _open)),
    Screen("97h-support-replace", (_pairs, _people, _replace)),
    Screen("97i-support-places", (_pairs, _places)),
)
