"""Asks the services for results and answers what the page «Результаты» wants."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from app.errors import UserError
from app.models.enums import AssessmentKind
from app.services import analysis, documents, methodology, results
from app.services.analysis import SimilarRule, TaskReport, procedure_text
from app.services.changes import Topic
from app.services.charts import Chart
from app.services.exporting import SeenTable, write_results, write_seen
from app.services.methodology import RuleSet
from app.services.output import safe_file_name
from app.services.results import ResultRow
from app.services.sorting import natural_key
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.levels import mark_of, share_of
from app.ui.pages.results.columns import ResultLine
from app.ui.pages.results.levels_dialog import LevelsDialog
from app.ui.pages.results.page import ResultsPage, View
from app.ui.pages.results.picture_choice import Request, pictures
from app.ui.pages.results.rule_dialog import RuleDialog
from app.ui.pages.results.school_report import SchoolReport, school_report
from app.ui.pages.results.subject_lines import Subjects
from app.ui.presenter import Presenter
from app.ui.source_opener import SourceOpener
from app.ui.tasks import Task

_FILTERS = "Книга Excel (*.xlsx);;Таблица CSV (*.csv);;Данные JSON (*.json)"
_SEEN_FILTERS = "Книга Excel (*.xlsx);;Таблица CSV (*.csv)"
_PICTURE_FILTERS = "Картинка PNG (*.png);;Векторная картинка SVG (*.svg);;Документ PDF (*.pdf)"


class _Loaded(NamedTuple):
    years: tuple[int, ...]
    lines: tuple[ResultLine, ...]


class ResultsPresenter(Presenter):
    """Keeps the page in step with the data; a year None means all years."""

    reading = "Читаю результаты"
    topics = frozenset({Topic.RESULTS, Topic.SCHOOLS, Topic.IMPORTS, Topic.SETTINGS, Topic.RECORDS})

    def __init__(self, page: ResultsPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._analysing: Task | None = None
        self._sources = SourceOpener(context, page)
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        page.year_wanted.connect(self._on_year_wanted)
        page.source_wanted.connect(self._sources.open)
        page.export_wanted.connect(self._on_export)
        page.analysis_wanted.connect(self._on_analysis_wanted)
        page.pictures.copied.connect(self._on_copied)
        page.pictures.save_wanted.connect(self._on_save_picture)
        page.school_report.rule_wanted.connect(self._on_rule_wanted)
        page.school_report.levels_wanted.connect(self._on_levels_wanted)
        self._context.year_changed.connect(self._on_year_changed)

    def asked(self) -> tuple[int | None]:
        return (self.page.wanted_year(),)

    @staticmethod
    def load(workspace: Workspace, year: int | None) -> _Loaded:
        rows = results.list_results(workspace, year=year)
        rules = {held: _rules(workspace, held) for held in {row.year for row in rows}}
        names = {row.school_id: row.school for row in rows}
        by_name = sorted(names, key=lambda school: natural_key(names[school]))
        places = {school: place for place, school in enumerate(by_name)}
        lines = tuple(_line(row, rules[row.year], places[row.school_id]) for row in rows)
        return _Loaded(results.years(workspace), lines)

    def show(self, loaded: _Loaded) -> None:
        self.page.offer_years(loaded.years, self.page.wanted_year())
        self.page.show_lines(loaded.lines)

    def _on_year_wanted(self, _year: int | None) -> None:
        self.reload()

    def _on_year_changed(self) -> None:
        self.page.follow_year(self._context.year)
        self.reload()

    # Pivot, pictures, one school.

    def _on_analysis_wanted(self) -> None:
        if self._analysing is not None:
            self._analysing.abandon()
            self._analysing = None
        asked = {
            View.LIST: self._ask_nothing,
            View.PIVOT: self._ask_pivot,
            View.PICTURE: self._ask_pictures,
            View.SUBJECTS: self._ask_subjects,
            View.SCHOOL: self._ask_school,
        }
        self._analysing = asked[self.page.view()]()

    def _ask_nothing(self) -> Task | None:
        return None

    def _ask_pivot(self) -> Task | None:
        rows, layout = self.page.selected_rows(), self.page.pivot_bar.layout_chosen()
        task = self._context.tasks.database.call("Считаю свод", analysis.pivot, rows, layout)
        task.done.connect(self.page.show_pivot)
        return task

    def _ask_pictures(self) -> Task | None:
        page = self.page
        request = Request(
            page.pictures.picture(),
            page.pivot_bar.layout_chosen(),
            page.selected_rows(),
            page.school.value(),
            self._year(),
        )
        workspace = self._context.workspace
        task = self._context.tasks.database.call("Рисую", pictures, workspace, request)
        task.done.connect(page.show_pictures)
        return task

    def _ask_subjects(self) -> Task | None:
        year, page = self._year(), self.page
        if year is None:
            return None
        # Qt gives back the text of a StrEnum, not its member.
        kind = AssessmentKind(page.kind.value() or AssessmentKind.VPR)
        workspace, school = self._context.workspace, page.school.value()
        task = self._context.tasks.database.call(
            "Собираю предметы", _subjects, workspace, year, kind, school
        )
        task.done.connect(page.subjects.show_subjects)
        return task

    def _ask_school(self) -> Task | None:
        page = self.page
        school = page.school.value()
        if school is None:
            page.school_report.say(
                "Выберите школу",
                "Укажите школу в отборе: появятся динамика, место среди похожих школ, внутренние "
                "сигналы и выполнение заданий.",
            )
            return None
        year = self._year()
        if year is None:
            return None
        measure = page.pivot_bar.layout_chosen().measure
        workspace = self._context.workspace
        task = self._context.tasks.database.call(
            "Собираю сведения о школе", school_report, workspace, school, year, measure
        )
        task.done.connect(self._on_report)
        return task

    def _on_report(self, report: SchoolReport) -> None:
        self.page.school_report.show_report(report)

    def _year(self) -> int | None:
        """Return the year of the filter, or that of the window when all are shown."""
        return self.page.year.value() or self._context.year

    def _on_rule_wanted(self) -> None:
        task = self._context.tasks.database.call(
            "Читаю правило", analysis.similar_rule, self._context.workspace
        )
        task.done.connect(self._on_rule)

    def _on_rule(self, rule: SimilarRule) -> None:
        dialog = RuleDialog(self._context.window, rule)
        accepted, values = prompts.run(dialog), dialog.values()
        dialog.deleteLater()
        if accepted and values.borders is not None:
            workspace = self._context.workspace
            task = self._context.tasks.database.call(
                "Сохраняю правило", analysis.save_similar_rule, workspace, *values
            )
            task.done.connect(self._context.bus.publish)

    def _on_levels_wanted(self, report: TaskReport) -> None:
        known = {task.code: task.level for task in report.tasks if task.level is not None}
        title = f"{procedure_text(*report.procedure)}, {report.year} год"
        codes = [task.code for task in report.tasks]
        dialog = LevelsDialog(self._context.window, title, codes, known)
        accepted, chosen = prompts.run(dialog), dialog.chosen()
        dialog.deleteLater()
        if accepted:
            task = self._context.tasks.database.call(
                "Сохраняю уровни", analysis.save_task_levels, self._context.workspace,
                report.procedure, report.year, chosen,
            )  # fmt: skip
            task.done.connect(self._context.bus.publish)

    # Files and the clipboard.

    def _on_copied(self, title: str) -> None:
        self._context.told.emit(f"Картинка скопирована: {title}")

    def _on_save_picture(self, chart: Chart, grey: bool) -> None:
        name = f"{safe_file_name(chart.title)}.png"
        path = prompts.save_file(
            self._context.window, "Сохранить картинку", Path.home() / name, _PICTURE_FILTERS
        )
        if path is not None:
            task = self._context.tasks.files.call(
                "Сохраняю картинку", documents.write_picture, chart, path, grey=grey
            )
            task.done.connect(self._on_exported)

    def _on_export(self) -> None:
        match self.page.view():
            case View.PIVOT:
                self._export_seen(self.page.pivot.seen(self.page.filters.text()))
            case View.SUBJECTS:
                self._export_seen(self.page.subjects.seen())
            case _:
                self._export_list()

    def _export_seen(self, table: SeenTable | None) -> None:
        if table is None:
            return
        name = f"{safe_file_name(table.title)}.xlsx"
        path = prompts.save_file(
            self._context.window, "Сохранить таблицу", Path.home() / name, _SEEN_FILTERS
        )
        if path is not None:
            task = self._context.tasks.files.call("Сохраняю таблицу", write_seen, table, path)
            task.done.connect(self._on_exported)

    def _export_list(self) -> None:
        year = self.page.wanted_year()
        name = f"Результаты {year}.xlsx" if year else "Результаты.xlsx"
        path = prompts.save_file(
            self._context.window, "Сохранить результаты", Path.home() / name, _FILTERS
        )
        if path is not None:
            task = self._context.tasks.files.call(
                "Сохраняю результаты", _export, self._context.workspace, path, year
            )
            task.done.connect(self._on_exported)

    def _on_exported(self, path: Path) -> None:
        self._context.told.emit(f"Сохранено: {path}")


def _subjects(
    workspace: Workspace, year: int, kind: AssessmentKind, school_id: int | None
) -> Subjects:
    table = analysis.subjects_table(workspace, year, kind=kind, school_id=school_id)
    return Subjects(table, analysis.ege_bands(workspace, year, school_id))


def _line(row: ResultRow, rules: RuleSet | None, place: int) -> ResultLine:
    return ResultLine(row, share_of(row, rules), mark_of(row, rules), place)


def _rules(workspace: Workspace, year: int) -> RuleSet | None:
    try:
        return methodology.rules_for(workspace, year)
    except UserError:
        return None  # no methodology covers the year: its results are shown without marks


def _export(workspace: Workspace, path: Path, year: int | None) -> Path:
    write_results(workspace, path, year=year)
    return path
