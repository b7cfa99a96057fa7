"""Tables, pictures and paragraphs about results that the blocks of an outline ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from app.errors import UserError
from app.models.enums import AssessmentKind, Category, SchoolStatus
from app.services import methodology
from app.services.analysis import (
    Dynamics,
    Scale,
    analysis_limits,
    dynamics,
    ege_bands,
    marks_of_groups,
    scale_of,
    subjects_table,
)
from app.services.charts.types import Bars, Chart, Series, Tint, Unit
from app.services.decimals import exact
from app.services.documents.blocks import Table
from app.services.documents.language import listing
from app.services.documents.programme import results_content
from app.services.documents.programme.staff_rows import staff_table
from app.services.documents.texts import sentences
from app.services.methodology import Classification, RuleSet
from app.services.results import ResultRow, list_results, years
from app.services.russian import counted, plural
from app.services.schools import list_schools
from app.services.sorting import natural_key
from app.services.workspace import Workspace

_ASSIGNED = ("отнесена", "отнесены", "отнесено")
_SCHOOLS = ("школа", "школы", "школ")
_CHART_YEARS = 3


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What the outline asked for; a key without data is absent."""

    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    texts: Mapping[str, tuple[str, ...]]


def result_facts(workspace: Workspace, first_year: int, wanted: set[str]) -> ResultFacts:
    """Return the wanted tables, pictures and texts by key, as known when a programme begins.

    The year is the last one with results that is not after ``first_year``, or else the newest.
    """
    held = years(workspace)
    year = next((one for one in held if one <= first_year), held[0] if held else None)
    # Schools tell of their staff whether there are results or not.
    staff = staff_table(workspace, first_year) if _STAFF in wanted else None
    told = {} if staff is None else {_STAFF: staff}
    if year is None or not wanted:
        return ResultFacts(told, {}, {})
    found = facts_of_year(workspace, year, wanted)
    return replace(found, tables={**told, **found.tables})


def facts_of_year(workspace: Workspace, year: int, wanted: set[str]) -> ResultFacts:
    """Return the wanted tables, pictures and texts of that year alone.

    Of a year without results there are only texts: a paper of it must not tell of another one.
    """
    asker = _Asker(workspace, year)
    shown = wanted if year in years(workspace) else set()
    tables = {key: asker.table(key) for key in shown & _TABLES}
    charts = {key: asker.chart(key) for key in shown & _CHARTS}
    texts = {key: asker.text(key) for key in wanted & _TEXTS}
    return ResultFacts(
        {key: table for key, table in tables.items() if table is not None},
        {key: chart for key, chart in charts.items() if chart is not None},
        {key: text for key, text in texts.items() if text},
    )


def nothing_known(found: Classification) -> str:
    """Return the sentence for a year of which nothing is known; empty for any other year.

    «Не выявлено» would say more than there is.
    """
    if not found.tells_nothing:
        return ""
    return sentences("programme")("situation_no_data", year=str(found.year))


_STAFF = "staff"
_TABLES = {"oge", "ege", "ege_bands", "vpr_dynamics"}
_CHARTS = {"oge_mean", "ege_mean", "marks"}
_TEXTS = {"situation"}


class _Asker:
    """Answers for one year; the dynamics are read once."""

    def __init__(self, workspace: Workspace, year: int) -> None:
        self._workspace = workspace
        self._year = year
        self._read: Dynamics | None = None
        self._rules = _rules(workspace, year)
        self._limit = exact(self._rules.threshold_percent) if self._rules else None

    @property
    def _dynamics(self) -> Dynamics:
        if self._read is None:
            self._read = dynamics(self._workspace)
        return self._read

    def table(self, key: str) -> Table | None:
        """Return a table; None where there is nothing to show."""
        match key:
            case "oge":
                return self._compulsory()
            case "ege":
                found = self._dynamics
                return results_content.exam_years(
                    found, AssessmentKind.EGE, self._year, self._limit
                )
            case "ege_bands":
                found_bands = ege_bands(self._workspace, self._year)
                return results_content.bands(found_bands, analysis_limits().ege_bands)
            case _:
                told = subjects_table(self._workspace, self._year)
                return results_content.subjects(told, self._limit)

    def chart(self, key: str) -> Chart | None:
        """Return a picture; None where there is nothing to show."""
        match key:
            case "oge_mean":
                return self._means(AssessmentKind.OGE, Unit.MARK)
            case "ege_mean":
                return self._means(AssessmentKind.EGE, Unit.SCORE)
            case _:
                return self._marks()

    def text(self, key: str) -> tuple[str, ...]:
        """Return proposed paragraphs."""
        del key
        return tuple(line for line in (self._register(), self._categories()) if line)

    def _compulsory(self) -> Table | None:
        """Return the marks in the exams that the methodology counts; in all where it says none."""
        rows = self._results(AssessmentKind.OGE)
        named = {
            subject.casefold()
            for item in (self._rules.counted if self._rules else ())
            if item.kind is AssessmentKind.OGE
            for subject in item.subjects
        }
        listed = sorted({row.subject for row in rows}, reverse=True)
        chosen = [one for one in listed if one.casefold() in named] or listed
        return results_content.marks_by_school(rows, chosen, self._limit)

    def _results(self, kind: AssessmentKind) -> list[ResultRow]:
        found = list_results(self._workspace, year=self._year)
        return [row for row in found if row.kind is kind]

    def _means(self, kind: AssessmentKind, unit: Unit) -> Bars | None:
        """Return the means of the district by subject over the last years."""
        found = self._dynamics
        held = [year for year in found.years if year <= self._year][-_CHART_YEARS:]
        # The basic exam gives marks: on the axis of scores 3,7 would look like nothing.
        scale = Scale.TEST if unit is Unit.SCORE else Scale.MARK
        lines = [one for one in found.procedures if one.procedure[0] is kind and one.scale is scale]
        means = {
            (one.procedure[1], point.year): point.mean.value
            for one in lines
            for point in one.district
            if point.year in held and point.mean.value is not None
        }
        if not means:
            return None
        subjects = sorted({subject for subject, _ in means})
        series = (
            Series(str(year), tuple(_number(means.get((subject, year))) for subject in subjects))
            for year in held
        )
        title = sentences("programme")(f"chart_{kind.value}")
        return Bars(title, tuple(subjects), tuple(series), unit, (), Tint.YEARS)

    def _marks(self) -> Chart | None:
        """Return the marks by procedure; exams with test scores have none to be without."""
        found = list_results(self._workspace, year=self._year)
        rows = [row for row in found if scale_of(row) is not Scale.TEST]
        groups: dict[str, list[ResultRow]] = {}
        for row in rows:
            groups.setdefault(f"{row.kind.value}, {row.subject}, {row.grade} кл.", []).append(row)
        if not groups:
            return None
        title = sentences("programme")("chart_marks", year=str(self._year))
        return marks_of_groups(title, sorted(groups.items(), key=lambda one: natural_key(one[0])))

    def _register(self) -> str:
        schools = [
            one for one in list_schools(self._workspace) if one.status is SchoolStatus.ACTIVE
        ]
        if not schools:
            return ""
        say = sentences("programme")
        count = counted(len(schools), *_SCHOOLS)
        rural = sum(1 for one in schools if one.rural)
        text = say("situation_schools", count=count)
        if rural and all(one.rural is not None for one in schools):
            text += say("situation_rural", count=str(rural))
        pupils = [one.pupils for one in schools if one.pupils is not None]
        if len(pupils) == len(schools):
            text += say("situation_pupils", count=str(sum(pupils)))
        return f"{text}."

    def _categories(self) -> str:
        try:
            found = methodology.classify(self._workspace, self._year)
        except UserError:
            # No methodology covers the year: the paragraph is simply not proposed.
            return ""
        low = [*found.of(Category.SHNOR), *found.of(Category.SHNOR_SHNSU)]
        say = sentences("programme")
        if not low:
            return nothing_known(found) or say("situation_none", year=str(self._year))
        return say(
            "situation_low",
            year=str(self._year),
            assigned=plural(len(low), *_ASSIGNED),
            count=counted(len(low), *_SCHOOLS),
            methodology=found.rules.title,
            schools=listing([school.school for school in low]),
        )


def _rules(workspace: Workspace, year: int) -> RuleSet | None:
    try:
        return methodology.rules_for(workspace, year)
    except UserError:
        # No methodology covers the year: no exam is chosen before the others, no share is low.
        return None


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
