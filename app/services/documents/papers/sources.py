"""Blocks of papers made from the data, each under the key by which a kind asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.errors import UserError
from app.models.cycle import Recommendation
from app.models.enums import ActivityStatus, Category, SchoolStatus, SupportRole
from app.models.management import ManagementDecision
from app.models.schools import School
from app.services import cycle, methodology, support
from app.services.cycle import EvidenceRow
from app.services.documents import blanks
from app.services.documents.blocks import (
    Align,
    Block,
    Cell,
    Chart,
    Column,
    NumberedPoints,
    Paragraph,
    Point,
    Role,
    Row,
    Run,
    Table,
)
from app.services.documents.content.rule import basis_in_words, not_printed, rule_in_words
from app.services.documents.language import initials, typeset_lines
from app.services.documents.papers.library import papers
from app.services.documents.papers.plan_years import is_of_year
from app.services.documents.papers.types import Need, PaperRequest
from app.services.documents.programme.facts import CuratorFacts
from app.services.documents.programme.gathering import addressee_of, appointed
from app.services.documents.programme.indicator_rows import indicator_facts
from app.services.documents.programme.plan_content import indicator_blocks, roadmap_blocks
from app.services.documents.programme.results_rows import (
    ResultFacts,
    facts_of_year,
    nothing_known,
)
from app.services.documents.programme.risk_rows import risk_facts
from app.services.documents.programme.roadmap_rows import roadmap_facts, roadmaps_of, state_of
from app.services.documents.programme.service import programme_blocks
from app.services.documents.programme.support_content import curator_blocks, risk_blocks
from app.services.documents.texts import sentences
from app.services.documents.widths import align_of
from app.services.documents.wording import category_word, in_terms
from app.services.results import years
from app.services.roadmap import ActivityRow
from app.services.russian import counted
from app.services.sorting import natural_key
from app.services.workspace import Workspace

_LISTED = (Category.SHNOR, Category.SHNOR_SHNSU, Category.SHNSU)
AMENDMENTS = "amendments"
"""The source and the field of changes: a person or a comparison of documents writes them."""
_NO_AMENDMENTS = (
    "Изменения не названы, на их месте пустая строка. По данным они составляются так: в реестре "
    "документов у подписанного приказа «Ещё», «Составить приказ о внесении изменений»."
)
_RESULTS = ("oge", "ege", "ege_bands", "vpr_dynamics", "oge_mean", "ege_mean", "marks")

_Part = tuple[str, tuple[tuple[str, ...], ...]]
"""A title with the rows that stand under it."""


class Sources:
    """Answers for one request; UserError where what a kind needs is not chosen."""

    def __init__(self, workspace: Workspace, request: PaperRequest) -> None:
        self._workspace = workspace
        self._request = request
        self._noted: dict[str, None] = {}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know of the blocks that were made, each once."""
        return tuple(self._noted)

    def blocks(self, key: str) -> tuple[Block, ...]:
        """Return the blocks of a source; none where nothing is stored. KeyError is our bug."""
        if key in _RESULTS:
            return self._result(key)
        found = _SOURCES[key](self)
        return tuple(found)

    @property
    def _programme(self) -> int:
        if self._request.programme_id is None:
            raise UserError("Не выбрана программа.", "Выберите программу, по которой документ.")
        return self._request.programme_id

    @property
    def _school(self) -> int:
        if self._request.school_id is None:
            raise UserError("Не выбрана школа.", "Выберите школу, для которой документ.")
        return self._request.school_id

    def _result(self, key: str) -> tuple[Block, ...]:
        from_data = self._facts({key})
        table, picture = from_data.tables.get(key), from_data.charts.get(key)
        if table is not None:
            return (table,)
        return (Chart(picture),) if picture is not None else ()

    def _facts(self, wanted: set[str]) -> ResultFacts:
        year, held = self._request.year, years(self._workspace)
        if year not in held:
            last = f" Последние результаты – за {max(held)} год." if held else ""
            self._noted[f"За {year} год результатов нет, документ так и говорит.{last}"] = None
        return facts_of_year(self._workspace, year, wanted)

    def programme(self) -> list[Block]:
        """The whole programme by its outline, one level below the heading of the annex."""
        return list(programme_blocks(self._workspace, self._programme, top_level=2))

    def roadmap(self) -> list[Block]:
        """Every roadmap of the programme, each under its title when there are several."""
        facts = roadmap_facts(self._workspace, self._programme).values()
        made: list[Block] = []
        for one in facts:
            if len(facts) > 1:
                made.append(_caption(one.title))
            made += roadmap_blocks(one)
        return made

    def roadmap_year(self) -> list[Block]:
        """The activities of the programme whose term touches the year of the paper."""
        parts = [
            (
                title,
                tuple(
                    (one.number, one.title, one.term, one.responsible, one.result) for one in listed
                ),
            )
            for title, listed in self._of_year()
        ]
        titles = ("№", "Мероприятие", "Срок", "Ответственные", "Ожидаемый результат")
        return _table_of_parts(titles, parts, (6, 36, 14, 20, 24))

    def situation(self) -> list[Block]:
        """Paragraphs about the schools of the district and the categories of the year."""
        lines = self._facts({"situation"}).texts.get("situation", ())
        return [Paragraph((Run(typeset_lines(line)),)) for line in lines]

    def methodology(self) -> list[Block]:
        """The rule in words with its basis."""
        rules = methodology.rules_for(self._workspace, self._request.year)
        say = sentences("rule")
        lines = (rule_in_words(rules, say), basis_in_words(rules.legal_basis, say))
        self._noted |= dict.fromkeys(not_printed(rules.legal_basis))
        return [Paragraph((Run(line),)) for line in lines if line]

    def indicators(self) -> list[Block]:
        """The indicators of the programme."""
        columns, items = indicator_facts(self._workspace, self._programme)
        return indicator_blocks(items, columns, by_goal=True)

    def curators(self) -> list[Block]:
        """Curators of schools."""
        return self._appointed(SupportRole.CURATOR)

    def coordinators(self) -> list[Block]:
        """Coordinators of the district."""
        return self._appointed(SupportRole.COORDINATOR)

    def working_group(self) -> list[Block]:
        """Members of the working group: name and post."""
        with self._workspace.database.read() as session:
            found = appointed(session, SupportRole.MEMBER)
        rows = tuple(
            (str(number), initials(one.name) if one.name else blanks.CELL, _place(one))
            for number, one in enumerate(found, start=1)
        )
        return _table(("№", "Член рабочей группы", "Должность, место работы"), rows)

    def shnor_list(self) -> list[Block]:
        """Schools with low results or in bad conditions, with category, cluster and reason."""
        found = methodology.classify(self._workspace, self._request.year)
        listed = [one for one in found.schools if one.category in _LISTED]
        unknown = nothing_known(found)
        if unknown:
            return [Paragraph((Run(typeset_lines(unknown)),))]
        rows = tuple(
            (str(number), one.school, category_word(one.category), one.reason_in(in_terms))
            for number, one in enumerate(listed, start=1)
        )
        titles = ("№", "Образовательная организация", "Категория", "Основание")
        return _table(titles, rows, (6, 30, 18, 46))

    def risks(self) -> list[Block]:
        """The matrix of risk factors of the year."""
        year = self._request.year
        return risk_blocks(risk_facts(self._workspace, year, year))

    def school_risks(self) -> list[Block]:
        """The risk profile of one school."""
        matrix = support.risk_matrix(self._workspace, self._request.year)
        rows = []
        for number, factor in enumerate(matrix.factors, start=1):
            cell = matrix.cell(self._school, factor.key)
            if cell is None:
                rows.append((str(number), factor.title, "не оценён", "", "", ""))
                continue
            mark = cell.mark
            level = mark.significance.value if mark.significance else "не указана"
            done = f"{cell.resolved_on:%d.%m.%Y}" if cell.resolved_on else ""
            marks = ("да" if mark.actual else "", "да" if mark.priority else "", done)
            rows.append((str(number), factor.title, level, *marks))
        titles = ("№", "Фактор риска", "Значимость", "Актуальный", "Приоритетный", "Устранён")
        return _table(titles, tuple(rows), (6, 38, 15, 13, 15, 13))

    def school_papers(self) -> list[Block]:
        """Documents of one school with their state."""
        found = [
            one
            for one in support.list_papers(self._workspace, self._request.year)
            if one.school_id == self._school
        ]
        rows = tuple(
            (str(number), one.title or one.kind.value, one.state.value)
            for number, one in enumerate(found, start=1)
        )
        return _table(("№", "Документ", "Состояние"), rows)

    def recommendations(self) -> list[Block]:
        """Addressed recommendations of the year, of one school where one is chosen."""
        with self._workspace.database.read() as session:
            query = select(Recommendation).where(Recommendation.year == self._request.year)
            if self._request.school_id is not None:
                query = query.where(Recommendation.school_id == self._request.school_id)
            found = session.scalars(query.order_by(Recommendation.id)).all()
            rows = tuple(
                (str(number), addressee_of(one), one.deficit, one.text, one.term)
                for number, one in enumerate(found, start=1)
            )
        titles = ("№", "Адресат", "Дефицит", "Рекомендация", "Срок")
        return _table(titles, rows, (6, 24, 24, 32, 14))

    def decisions(self) -> list[Block]:
        """Management decisions of the year with what they follow from and what they brought."""
        with self._workspace.database.read() as session:
            found = session.scalars(
                select(ManagementDecision)
                .where(ManagementDecision.year == self._request.year)
                .order_by(ManagementDecision.id)
            ).all()
            rows = tuple(
                (
                    str(number),
                    one.title,
                    one.recommendation.text if one.recommendation else "",
                    f"{one.due:%d.%m.%Y}" if one.due else "",
                    one.effect,
                )
                for number, one in enumerate(found, start=1)
            )
        titles = ("№", "Решение", "На основании рекомендации", "Срок", "Эффект")
        return _table(titles, rows, (6, 32, 28, 12, 22))

    def evidence(self) -> list[Block]:
        """Documents that prove the steps of the management cycle, by step and direction."""
        matrix = cycle.evidence_matrix(self._workspace, self._request.year, date.today())  # noqa: DTZ011 - a day
        directions = {one.key: one.title for one in matrix.directions}
        rows = tuple(
            (step.title, directions.get(direction, direction), _evidence(row), row.form.responsible)
            for step in matrix.steps
            for (key, direction), cell in matrix.cells.items()
            if key == step.key
            for row in cell.rows
            if row.form.direction == direction
        )
        return _table(("Шаг", "Направление", "Документ", "Ответственный"), rows)

    def execution(self) -> list[Block]:
        """The activities of the programme of the year with what became of them."""
        roadmaps = self._of_year()
        parts = [
            (
                title,
                tuple(
                    (one.number, one.title, one.term, one.responsible, state_of(one), one.proof)
                    for one in listed
                ),
            )
            for title, listed in roadmaps
        ]
        titles = ("№", "Мероприятие", "Срок", "Ответственные", "Исполнение", "Подтверждение")
        table = _table_of_parts(titles, parts, (6, 32, 14, 20, 14, 14))
        found = [one for _, listed in roadmaps for one in listed]
        return [Paragraph((Run(_counted(found)),)), *table] if table else []

    def acquaintance(self) -> list[Block]:
        """Rows to sign by the directors of the working schools."""
        with self._workspace.database.read() as session:
            working = select(School).where(School.status == SchoolStatus.ACTIVE)
            found = session.scalars(working).all()
            schools = sorted(found, key=lambda one: (natural_key(one.short_name), one.id))
            rows = tuple(
                (str(number), _director(one), one.short_name, "", "")
                for number, one in enumerate(schools, start=1)
            )
        titles = ("№", "Фамилия, инициалы", "Организация", "Подпись", "Дата")
        return _table(titles, rows, (6, 26, 36, 17, 15))

    def amendments(self) -> list[Block]:
        """The changes that the request names, a point for each line."""
        lines = self._request.values.get(AMENDMENTS, "").splitlines()
        points = tuple(Point(typeset_lines(line.strip())) for line in lines if line.strip())
        if not points:
            self._noted[_NO_AMENDMENTS] = None
        return [NumberedPoints(points)] if points else []

    def _of_year(self) -> list[tuple[str, tuple[ActivityRow, ...]]]:
        """Return the title of each roadmap with its activities of the year, in its order."""
        views, year = roadmaps_of(self._workspace, self._programme), self._request.year
        found = [
            (
                view.info.title,
                tuple(one for one in view.activities if is_of_year(one, view.info, year)),
            )
            for view in views
        ]
        left = sum(len(view.activities) for view in views) - sum(len(one) for _, one in found)
        if left:
            number = counted(left, "мероприятие", "мероприятия", "мероприятий")
            self._noted[f"Других лет, в документ за {year} год не вошло: {number}."] = None
        return found

    def _appointed(self, role: SupportRole) -> list[Block]:
        with self._workspace.database.read() as session:
            found = appointed(session, role)
        return curator_blocks(found)


def heeds_school(kind: str) -> bool:
    """Return whether a paper of the kind says something else where one school is chosen."""
    spec = papers()[kind]
    items = [*spec.body, *(item for annex in spec.annexes for item in annex.items)]
    return Need.SCHOOL in spec.needs or any(item.source in _OF_ONE_SCHOOL for item in items)


def _table(
    titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...], weights: tuple[float, ...] = ()
) -> list[Block]:
    """Return a table, or nothing without rows; numbers and terms are centred, so not hyphenated."""
    if not rows:
        return []
    shares = weights or tuple(6.0 if title == "№" else 30.0 for title in titles)
    return [Table(_columns(titles, shares), _rows(rows))]


def _columns(titles: tuple[str, ...], shares: tuple[float, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(title, weight, align_of(title)) for title, weight in zip(titles, shares, strict=True)
    )


def _rows(rows: tuple[tuple[str, ...], ...]) -> tuple[Row, ...]:
    return tuple(tuple(typeset_lines(cell) for cell in row) for row in rows)


def _table_of_parts(
    titles: tuple[str, ...], parts: Sequence[_Part], weights: tuple[float, ...]
) -> list[Block]:
    """Return one table; several parts number their rows anew, so each stands under its title."""
    filled = [(title, _rows(rows)) for title, rows in parts if rows]
    listed: list[Row] = []
    for title, rows in filled:
        if len(filled) > 1:
            over = Cell(typeset_lines(title), columns=len(titles), align=Align.CENTER, bold=True)
            listed.append((over,))
        listed += rows
    return [Table(_columns(titles, weights), tuple(listed))] if listed else []


def _caption(text: str) -> Paragraph:
    return Paragraph((Run(typeset_lines(text)),), Role.CAPTION)


def _place(one: CuratorFacts) -> str:
    return ", ".join(part for part in (one.post, one.organization) if part)


def _evidence(row: EvidenceRow) -> str:
    form = row.form
    number = f"№ {form.number}" if form.number else ""
    day = f"от {form.issued_on:%d.%m.%Y}" if form.issued_on else ""
    shown = " ".join(part for part in (form.title, day, number) if part)
    return shown if row.has_document else f"{shown} (документа нет)".strip()


def _counted(found: Sequence[ActivityRow]) -> str:
    """Return how many activities stand where, as a sentence."""
    counts = Counter(one.status for one in found)
    parts = [f"{status.value} – {counts[status]}" for status in ActivityStatus if counts[status]]
    return typeset_lines(f"Всего мероприятий: {len(found)}, в том числе: {'; '.join(parts)}.")


def _director(one: School) -> str:
    return initials(one.director) if one.director else blanks.CELL


_SOURCES: Mapping[str, Callable[[Sources], list[Block]]] = {
    "programme": Sources.programme,
    "roadmap": Sources.roadmap,
    "roadmap_year": Sources.roadmap_year,
    "situation": Sources.situation,
    "methodology": Sources.methodology,
    "indicators": Sources.indicators,
    "curators": Sources.curators,
    "coordinators": Sources.coordinators,
    "working_group": Sources.working_group,
    "shnor_list": Sources.shnor_list,
    "risks": Sources.risks,
    "school_risks": Sources.school_risks,
    "school_papers": Sources.school_papers,
    "recommendations": Sources.recommendations,
    "decisions": Sources.decisions,
    "evidence": Sources.evidence,
    "execution": Sources.execution,
    "acquaintance": Sources.acquaintance,
    AMENDMENTS: Sources.amendments,
}
_OF_ONE_SCHOOL = frozenset({"school_risks", "school_papers", "recommendations"})
SOURCE_KEYS = frozenset({*_SOURCES, *_RESULTS})
"""Every key that a kind of paper may ask for."""
