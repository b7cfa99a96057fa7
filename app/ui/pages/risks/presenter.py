"""Asks the services for risks and does what the page «Факторы риска» wants."""

from __future__ import annotations

from typing import NamedTuple

from app.errors import UserError
from app.services import support
from app.services.changes import Topic
from app.services.clock import local_today
from app.services.support import Copied, Gap, PaperRow, RiskMatrix
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.own_entry import OwnEntry, OwnEntryDialog
from app.ui.dialogs.storing import Storing, Work
from app.ui.numbers import counted
from app.ui.pages.risks.dialogs import (
    ExpectDialog,
    PaperDialog,
    ResolveDialog,
)
from app.ui.pages.risks.page import RisksPage
from app.ui.presenter import YearPresenter

_TOPICS = frozenset(
    {
        Topic.SCHOOLS,
        Topic.RESULTS,
        Topic.RECORDS,
        Topic.DECISIONS,
        Topic.SUPPORT,
        Topic.ROADMAPS,
    }
)


_OWN_FACTORS = (
    "Свой фактор встаёт в таблицу после десяти факторов проекта «500+». Убранный остаётся в годах, "
    "где он отмечен."
)


class _Loaded(NamedTuple):
    matrix: RiskMatrix
    papers: tuple[PaperRow, ...]
    gaps: tuple[Gap, ...]


class RisksPresenter(YearPresenter):
    """Keeps the page in step with the data of the window's year."""

    reading = "Читаю факторы риска"
    topics = _TOPICS

    def __init__(self, page: RisksPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._matrix: RiskMatrix | None = None
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        page.grid.marked.connect(self._on_marked)
        page.grid.refused.connect(self._on_refused)
        page.grid.asked.connect(self._on_resolve)
        page.panel.resolve_wanted.connect(self._on_resolve)
        page.copy_wanted.connect(self._on_copy)
        page.factor_wanted.connect(self._on_factor)
        page.expect_wanted.connect(self._on_expect)
        page.papers.added.connect(self._on_paper_added)
        page.papers.opened.connect(self._on_paper_opened)
        page.papers.removed.connect(self._on_papers_removed)

    @staticmethod
    def load(workspace: Workspace, year: int) -> _Loaded:
        return _Loaded(
            support.risk_matrix(workspace, year),
            support.list_papers(workspace, year),
            (
                *support.priorities_without_measure(workspace, year),
                *support.measures_without_risk(workspace, year),
            ),
        )

    def show(self, loaded: _Loaded) -> None:
        self._matrix = loaded.matrix
        self.page.show_matrix(loaded.matrix)
        self.page.show_papers(loaded.papers)
        self.page.show_gaps(loaded.gaps)

    # The matrix.

    def _on_marked(self, marks: dict[tuple[int, str], support.Mark]) -> None:
        task = self.store("Отмечаю факторы риска", support.set_marks, self.year, marks)
        task.failed.connect(self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        self.reload()

    def _on_refused(self, error: UserError) -> None:
        prompts.report(self._context.window, error)

    def _on_resolve(self) -> None:
        place = self.page.grid.place()
        cell = place[0].cells.get(place[1]) if place else None
        factor = self.page.factor(place[1]) if place else None
        if place is None or cell is None or factor is None:
            return
        school, year = place[0].school, self.year
        dialog = ResolveDialog(self._context.window, school, factor, cell, local_today())

        def read() -> Work:
            on, evidence = dialog.answer
            return lambda workspace: support.resolve_risk(
                workspace, year, school.id, factor.key, on, evidence
            )

        Storing(self._context, dialog, read).run()

    def _on_copy(self) -> None:
        year = self.year
        task = self.store("Переношу факторы риска", support.copy_year, year - 1, year)
        task.done.connect(self._on_copied)

    def _on_copied(self, copied: Copied) -> None:
        told = f"Перенесено: {counted(copied.copied, 'отметка', 'отметки', 'отметок')}"
        if copied.kept:
            told += f"; оставлено своих: {copied.kept}"
        if copied.resolved:
            told += f"; снятые риски не перенесены: {copied.resolved}"
        self._context.told.emit(told + ".")

    def _on_factor(self) -> None:
        known = [
            OwnEntry(one.own_id, one.title, one.note)
            for one in self.page.factors
            if one.own_id is not None
        ]
        place = self.page.grid.place()
        factor = self.page.factor(place[1]) if place else None
        chosen = factor.own_id if factor else None
        dialog = OwnEntryDialog(
            self._context.window, "Свой фактор риска", _OWN_FACTORS, known, chosen
        )

        def read() -> Work:
            said = dialog.answer
            own = said.key if isinstance(said.key, int) else None
            if said.gone and own is not None:
                return lambda workspace: support.retire_factor(workspace, own)
            return lambda workspace: support.save_own_factor(workspace, said.title, said.note, own)

        Storing(self._context, dialog, read).run()

    # Documents of schools.

    def _on_expect(self) -> None:
        if self._matrix is None:
            return
        helped = [one for one in self._matrix.schools if one.in_support]
        chosen = tuple(one.id for one in helped or self._matrix.schools)
        who = "школы в поддержке" if helped else "все школы"
        year = self.year
        dialog = ExpectDialog(self._context.window, year, f"{who}: {len(chosen)}")

        def read() -> Work:
            due = dialog.day_field.value()
            return lambda workspace: support.expect_papers(workspace, year, chosen, due)

        Storing(self._context, dialog, read).run()

    def _on_paper_added(self) -> None:
        self._ask_paper(None)

    def _on_paper_opened(self, row: PaperRow) -> None:
        self._ask_paper(row)

    def _ask_paper(self, row: PaperRow | None) -> None:
        if self._matrix is None:
            return
        dialog = PaperDialog(
            self._context.window, self.year, self._matrix.schools, self._matrix.factors, row
        )

        def read() -> Work:
            form, paper = dialog.form, row.id if row else None
            return lambda workspace: support.save_paper(workspace, form, paper)

        Storing(self._context, dialog, read).run()

    def _on_papers_removed(self, rows: list[PaperRow]) -> None:
        self.store("Удаляю документы школ", support.delete_paper, *(row.id for row in rows))
