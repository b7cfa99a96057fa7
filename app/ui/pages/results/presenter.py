"""Asks the services for results and answers what the page «Результаты» wants."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject

from app.errors import UserError
from app.services import methodology, results
from app.services.changes import ChangeSet, Topic
from app.services.exporting import write_results
from app.services.methodology import RuleSet
from app.services.sorting import natural_key
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.levels import mark_of
from app.ui.pages.results.columns import ResultLine
from app.ui.pages.results.page import ResultsPage
from app.ui.source_opener import SourceOpener
from app.ui.tasks import Task

_TOPICS = {Topic.RESULTS, Topic.SCHOOLS, Topic.IMPORTS, Topic.SETTINGS}
_FILTERS = "Книга Excel (*.xlsx);;Таблица CSV (*.csv);;Данные JSON (*.json)"


class _Loaded(NamedTuple):
    years: tuple[int, ...]
    lines: tuple[ResultLine, ...]


class ResultsPresenter(QObject):
    """Keeps the page in step with the data; ``year`` None means all years."""

    def __init__(self, page: ResultsPage, context: Context) -> None:
        super().__init__(page)
        self.page = page
        self._context = context
        self._year = context.year
        self._loading: Task | None = None
        self._sources = SourceOpener(context, page)
        self._connect()
        self.reload()

    def _connect(self) -> None:
        self.page.year_wanted.connect(self._on_year_wanted)
        self.page.source_wanted.connect(self._sources.open)
        self.page.export_wanted.connect(self._on_export)
        self._context.year_changed.connect(self._on_year_changed)
        self._context.bus.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the results of the chosen year again."""
        if self._loading is not None:
            self._loading.abandon()
        self._loading = self._context.tasks.database.call(
            "Читаю результаты", _load, self._context.workspace, self._year
        )
        self._loading.done.connect(self._on_loaded)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loading = None
        self.page.offer_years(loaded.years, self._year)
        self.page.show_lines(loaded.lines)

    def _on_year_wanted(self, year: int | None) -> None:
        self._year = year
        self.reload()

    def _on_year_changed(self) -> None:
        self._year = self._context.year
        self.reload()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.topics & _TOPICS:
            self.reload()

    def _on_export(self) -> None:
        name = f"Результаты {self._year}.xlsx" if self._year else "Результаты.xlsx"
        path = prompts.save_file(
            self._context.window, "Сохранить результаты", Path.home() / name, _FILTERS
        )
        if path is not None:
            task = self._context.tasks.files.call(
                "Сохраняю результаты", _export, self._context.workspace, path, self._year
            )
            task.done.connect(self._on_exported)

    def _on_exported(self, path: Path) -> None:
        self._context.told.emit(f"Результаты сохранены: {path}")


def _load(workspace: Workspace, year: int | None) -> _Loaded:
    rows = results.list_results(workspace, year=year)
    rules = {held: _rules(workspace, held) for held in {row.year for row in rows}}
    names = {row.school_id: row.school for row in rows}
    by_name = sorted(names, key=lambda school: natural_key(names[school]))
    places = {school: place for place, school in enumerate(by_name)}
    lines = (ResultLine(row, mark_of(row, rules[row.year]), places[row.school_id]) for row in rows)
    return _Loaded(results.years(workspace), tuple(lines))


def _rules(workspace: Workspace, year: int) -> RuleSet | None:
    try:
        return methodology.rules_for(workspace, year)
    except UserError:
        return None  # no methodology covers the year: its results are shown without marks


def _export(workspace: Workspace, path: Path, year: int | None) -> Path:
    write_results(workspace, path, year=year)
    return path
