"""The heavy half of the window: pages and what the menus do with data.

Loaded by the database worker after the first paint; everything that imports services hangs here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject

from app import paths
from app.models.enums import BatchStatus
from app.services import documents, importing, journal, methodology, schools
from app.services.changes import ChangeSet, Topic
from app.services.clock import local_today
from app.services.journal import UndoOutcome
from app.services.workspace import Workspace
from app.ui import office_words, prompts
from app.ui.dialogs.help import HelpDialog, help_text
from app.ui.dialogs.layouts import LayoutsDialog
from app.ui.dialogs.requisites import Requisites
from app.ui.first_list import FirstList
from app.ui.main_window import TITLE, MainWindow
from app.ui.office_words import Term
from app.ui.pages.backups.launcher import BackupsLauncher
from app.ui.pages.builder.launcher import BuilderLauncher
from app.ui.pages.classification.launcher import ClassificationLauncher
from app.ui.pages.cycle.page import CyclePage
from app.ui.pages.cycle.presenter import CyclePresenter
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.presenter import DocumentsPresenter
from app.ui.pages.forms.page import FormsPage
from app.ui.pages.forms.presenter import FormsPresenter
from app.ui.pages.importing.launcher import ImportLauncher
from app.ui.pages.indicators.page import IndicatorsPage
from app.ui.pages.indicators.presenter import IndicatorsPresenter
from app.ui.pages.mapping.launcher import MappingLauncher
from app.ui.pages.methodology.launcher import MethodologyLauncher
from app.ui.pages.programmes.page import ProgrammesPage
from app.ui.pages.programmes.presenter import ProgrammesPresenter
from app.ui.pages.quarantine.launcher import QuarantineLauncher
from app.ui.pages.results.page import ResultsPage
from app.ui.pages.results.presenter import ResultsPresenter
from app.ui.pages.risks.page import RisksPage
from app.ui.pages.risks.presenter import RisksPresenter
from app.ui.pages.roadmap.page import RoadmapPage
from app.ui.pages.roadmap.presenter import RoadmapPresenter
from app.ui.pages.scales.launcher import ScalesLauncher
from app.ui.pages.schools.presenter import SchoolsPresenter
from app.ui.pages.support.page import SupportPage
from app.ui.pages.support.presenter import SupportPresenter
from app.ui.pages.templates.launcher import TemplatesLauncher
from app.ui.pages.today.lines import Row
from app.ui.pages.today.opener import TargetOpener
from app.ui.pages.today.presenter import TodayPresenter
from app.ui.tasks import Task

_UNDO = "Отменить последнее действие"
_REDO = "Повторить отменённое"


class _Frame(NamedTuple):
    """What the frame of the window shows of the data."""

    years: tuple[int, ...]
    """Newest first; also those whose results are gone while what was made of them stays."""
    newest: int | None
    """What a start shows: the newest year with data, else the newest of all."""
    schools: tuple[tuple[str, int], ...]
    last_import: str
    undo: str | None
    redo: str | None
    term: Term


class Workbench(QObject):
    """Made once the data is open, filled by ``make``; lives as long as the window."""

    def __init__(self, window: MainWindow, first: FirstList) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._first = first
        self._requisites = Requisites(window.context, self)
        self._reading: Task | None = None
        self._known = False

    def make(self) -> Iterator[None]:
        """Make what stands from the start; between two parts the window may answer to the person.

        The other pages are made when somebody asks for them: few do so for all in one day, and each
        is read again with every change of the data.
        """
        # What a page is made with stands before anybody can ask for the page.
        for part in (self._make_first, self._make_extra, self._offer_pages):
            part()
            yield
        self._connect()
        self.reload()

    def _make_first(self) -> None:
        self.today = TodayPresenter(self._first, self._context)
        self.schools = SchoolsPresenter(self._first, self._context)

    def _offer_pages(self) -> None:
        # Each is put into the window when its presenter stands: a page whose presenter failed
        # would count as made, and nothing on it would answer.
        for page, make in (
            (ResultsPage, lambda: self.results),
            (RisksPage, lambda: self.risks),
            (RoadmapPage, lambda: self.roadmaps),
            (IndicatorsPage, lambda: self.indicators),
            (DocumentsPage, lambda: self.documents),
            (SupportPage, lambda: self.support),
            (ProgrammesPage, lambda: self.programmes),
            (CyclePage, lambda: self.cycle),
            (FormsPage, lambda: self.forms),
        ):
            self._window.offer_page(page.key, page.title, make)

    @cached_property
    def results(self) -> ResultsPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = ResultsPage(self._context)
        presenter = ResultsPresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    @cached_property
    def risks(self) -> RisksPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = RisksPage(self._context, local_today())
        presenter = RisksPresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    @cached_property
    def roadmaps(self) -> RoadmapPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = RoadmapPage(self._context, local_today())
        presenter = RoadmapPresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    @cached_property
    def indicators(self) -> IndicatorsPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = IndicatorsPage(self._context)
        presenter = IndicatorsPresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    @cached_property
    def documents(self) -> DocumentsPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = DocumentsPage(self._context)
        presenter = DocumentsPresenter(self._context, page)
        presenter.programme_wanted.connect(self.builder.open)
        self._window.put_page(page)
        return presenter

    @cached_property
    def support(self) -> SupportPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = SupportPage(self._context)
        presenter = SupportPresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    @cached_property
    def programmes(self) -> ProgrammesPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = ProgrammesPage(self._context)
        presenter = ProgrammesPresenter(page, self._context)
        presenter.print_wanted.connect(self.builder.open)
        self._window.put_page(page)
        return presenter

    @cached_property
    def cycle(self) -> CyclePresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = CyclePage(self._context, local_today())
        presenter = CyclePresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    @cached_property
    def forms(self) -> FormsPresenter:
        """Presenter of a page that is made with it, when one of them is first asked for."""
        page = FormsPage(self._context)
        presenter = FormsPresenter(page, self._context)
        self._window.put_page(page)
        return presenter

    def _make_extra(self) -> None:
        """Make what opens pages and dialogs without a tab of their own."""
        self.imports = ImportLauncher(self._window, self._context)
        self.rules = MethodologyLauncher(self._context)
        self.scales = ScalesLauncher(self._context)
        self.templates = TemplatesLauncher(self._context)
        self.categories = ClassificationLauncher(self._window, self._context)
        self.mappings = MappingLauncher(self._window, self._context)
        self.quarantine = QuarantineLauncher(self._window, self._context)
        self.builder = BuilderLauncher(self._window, self._context)
        self.backups = BackupsLauncher(self._window, self._context)
        self._targets = TargetOpener(
            self._context,
            {
                "roadmap": self._open_roadmap,
                "quarantine": self._open_quarantine,
                "forms": self._open_forms,
                "backup": self._open_backups,
            },
        )
        self._first.home.target_wanted.connect(self._targets.open)

    def _connect(self) -> None:
        menus = self._window.menus
        menus.undo.triggered.connect(self._on_undo)
        menus.redo.triggered.connect(self._on_redo)
        menus.refresh.triggered.connect(self._on_refresh)
        menus.data_folder.triggered.connect(self._on_data_folder)
        menus.page_help.triggered.connect(self._on_help)
        menus.layouts.triggered.connect(self._on_layouts)
        menus.about.triggered.connect(self._on_about)
        classification = menus.add_view("Классификация", "Ctrl+Shift+K")
        classification.triggered.connect(self.categories.open)
        self.schools.page.classify.clicked.connect(self.categories.open)
        self.categories.methodology_wanted.connect(self.rules.open)
        building = menus.add_view("Сборка программы", "Ctrl+Shift+P")
        building.triggered.connect(self.builder.open_from_menu)
        self.builder.office_wanted.connect(self._requisites.ask)
        self.builder.entry_wanted.connect(self._open_entry)
        self.builder.indicator_wanted.connect(self._open_indicator)
        menus.add_action("Методика…").triggered.connect(self.rules.open)
        menus.add_action("Шкалы и минимальные баллы…").triggered.connect(self.scales.open)
        menus.add_action("Тексты и шаблоны документов…").triggered.connect(self.templates.open)
        menus.add_action("Реквизиты учреждения…").triggered.connect(self._requisites.ask)
        self._context.told.connect(self._window.status.say)
        self._context.activity_wanted.connect(self._open_activity)
        self._context.bus.changed.connect(self._on_changed)
        self._window.top_bar.set_ready(True)
        menus.set_ready(True)
        self.schools.page.classify.setEnabled(True)

    def greet(self) -> None:
        """Offer the form of the requisites when it was never filled in nor put off."""
        self._requisites.greet()

    def reload(self) -> None:
        """Read again what the frame shows."""
        if self._reading is not None:
            self._reading.abandon()
        self._reading = self._context.tasks.database.call(
            "Читаю базу", _load_frame, self._context.workspace
        )
        self._reading.done.connect(self._on_frame)

    def _on_frame(self, frame: _Frame) -> None:
        self._reading = None
        year = self._context.year if self._context.year in frame.years else None
        chosen = year or frame.newest
        self._window.top_bar.offer_years(frame.years, chosen)
        self._window.top_bar.offer_schools(frame.schools)
        self._window.status.last_import.setText(frame.last_import)
        if office_words.use(frame.term):
            self.schools.page.offer_categories()
            self._known = False
            # Sentences that stand already are made anew, as after the setting itself was changed.
            self._context.bus.publish(ChangeSet.of(Topic.SETTINGS, Topic.DECISIONS))
        undo = self._window.menus.undo
        undo.setEnabled(frame.undo is not None)
        undo.setText(f"Отменить: {frame.undo}" if frame.undo else _UNDO)
        redo = self._window.menus.redo
        redo.setEnabled(frame.redo is not None)
        redo.setText(f"Повторить: {frame.redo}" if frame.redo else _REDO)
        if chosen != self._context.year:
            self._context.set_year(chosen)
        elif not self._known:
            self.today.reload()
            self.schools.reload()
        self._known = True

    def _on_changed(self, _changes: ChangeSet) -> None:
        self.reload()

    def _open_roadmap(self, row: Row) -> None:
        self._window.show_page(self.roadmaps.page.key)
        if row.owner_id is not None and row.row_id is not None:
            self.roadmaps.show_activity(row.owner_id, row.row_id)

    def _open_activity(self, roadmap_id: int, activity_id: int) -> None:
        self._window.show_page(self.roadmaps.page.key)
        self.roadmaps.show_activity(roadmap_id, activity_id)

    def _open_entry(self, programme_id: int, item_id: int) -> None:
        self._window.show_page(self.programmes.page.key)
        self.programmes.show_entry(programme_id, item_id)

    def _open_indicator(self, programme_id: int, indicator_id: int) -> None:
        self._window.show_page(self.indicators.page.key)
        self.indicators.show_indicator(programme_id, indicator_id)

    def _open_quarantine(self, _row: Row) -> None:
        self.quarantine.open()

    def _open_forms(self, _row: Row) -> None:
        self._window.show_page(self.forms.page.key)
        self.forms.page.show_owing()

    def _open_backups(self, _row: Row) -> None:
        self.backups.open()

    def _on_undo(self) -> None:
        task = self._context.tasks.database.call(
            "Отменяю", journal.undo_last, self._context.workspace
        )
        task.done.connect(self._on_undone)

    def _on_redo(self) -> None:
        task = self._context.tasks.database.call(
            "Повторяю", journal.redo_last, self._context.workspace
        )
        task.done.connect(self._on_undone)

    def _on_undone(self, outcome: UndoOutcome) -> None:
        self._window.status.say(outcome.message)
        self._context.bus.publish(outcome.changes)

    def _on_refresh(self) -> None:
        self._known = False
        self.reload()
        self.schools.reload()
        if self._window.pages.is_made(ResultsPage.key):
            self.results.reload()

    def _on_data_folder(self) -> None:
        prompts.reveal(self._context.workspace.database.path.parent)

    def _on_help(self) -> None:
        page = self._window.current_page()
        key, title = (page.key, page.title) if page else ("general", TITLE)
        dialog = HelpDialog(self._window, title, help_text(key))
        prompts.run(dialog)
        dialog.deleteLater()

    def _on_layouts(self) -> None:
        dialog = LayoutsDialog(importing.known_layouts(), self._window.state, self._window)
        prompts.run(dialog)
        dialog.deleteLater()

    def _on_about(self) -> None:
        prompts.inform(
            self._window,
            f"О программе «{TITLE}»",
            f"«{TITLE}» помогает муниципалитету найти школы, которым нужна адресная поддержка, "
            "и подготовить приказы.",
            f"Программа не выходит в сеть. Данные хранятся в файле "
            f"{self._context.workspace.database.path}, журнал работы: {_log()}.",
        )


def _log() -> Path:
    return paths.log_dir() / "opora.log"


def _load_frame(workspace: Workspace) -> _Frame:
    with_data = methodology.years_to_decide(workspace)
    years = _years(workspace, with_data)
    return _Frame(
        years=years,
        newest=next(iter(with_data or years), None),
        schools=tuple(
            (f"{row.short_name}, {row.settlement}" if row.settlement else row.short_name, row.id)
            for row in schools.list_schools(workspace)
        ),
        last_import=_last_import(workspace),
        undo=journal.next_undo(workspace),
        redo=journal.next_redo(workspace),
        term=documents.office_wording(workspace).term,
    )


def _years(workspace: Workspace, with_data: tuple[int, ...]) -> tuple[int, ...]:
    """Return the years to choose from: without any data those of the papers in the register."""
    found = {*with_data, *methodology.years_decided(workspace)}
    found = found or {row.year for row in documents.list_documents(workspace)}
    return tuple(sorted(found, reverse=True))


def _last_import(workspace: Workspace) -> str:
    for batch in importing.list_batches(workspace):
        if batch.status is BatchStatus.APPLIED:
            moment = batch.finished_at.astimezone().strftime("%d.%m.%Y %H:%M")
            return f"Последняя загрузка: {moment}, {batch.label}"
    return "Загрузок ещё не было"
