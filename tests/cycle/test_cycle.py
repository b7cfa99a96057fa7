"""The management cycle: matrix of evidence, recommendations, decisions, the chain, breaks."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.enums import (
    ActivityStatus,
    AssessmentKind,
    ProgrammeKind,
    RecommendationState,
    RoadmapMode,
    Significance,
)
from app.models.roadmaps import Activity, Roadmap
from app.services import cycle, journal, methodology, programmes, support
from app.services.cycle import (
    DecisionForm,
    EvidenceForm,
    EvidenceState,
    Link,
    MonitoringForm,
    RecommendationForm,
)
from app.services.methodology import Deficit
from app.services.support import Mark
from app.services.workspace import Workspace
from tests.stored import add_result, add_school

YEAR = 2026
TODAY = date(2026, 11, 22)


def evidence(workspace: Workspace, step: str, title: str, **more: object) -> int:
    values: dict[str, object] = {"number": "1", "issued_on": date(2026, 3, 1), **more}
    return cycle.save_evidence(workspace, EvidenceForm(YEAR, step, title=title, **values)).id  # type: ignore[arg-type]


def activity(workspace: Workspace, title: str, recommendation: int | None) -> int:
    with workspace.database.write() as session:
        roadmap = Roadmap(position=1, mode=RoadmapMode.SIMPLE, title="План")
        session.add(roadmap)
        session.flush()
        one = Activity(
            roadmap_id=roadmap.id,
            position=1,
            title=title,
            search_key="",
            status=ActivityStatus.PLANNED,
            recommendation_id=recommendation,
        )
        session.add(one)
        session.flush()
        return one.id


def test_the_cycle_has_the_steps_of_real_programmes() -> None:
    assert [step.title for step in cycle.steps()] == [
        "Цели",
        "Задачи",
        "Показатели",
        "Методы сбора и обработки информации",
        "Мониторинг",
        "Анализ результатов мониторинга",
        "Адресные рекомендации",
        "Меры и мероприятия",
        "Управленческие решения",
        "Анализ эффективности принятых мер",
    ]
    assert len(cycle.directions()) == 3
    assert [one.key for one in cycle.addressees()] == [
        "school",
        "method_union",
        "method_office",
        "institute",
        "office",
    ]


def test_the_matrix_says_what_there_is_and_what_is_late(workspace: Workspace) -> None:
    evidence(workspace, "monitoring", "Справка", direction="dynamics")
    evidence(workspace, "analysis", "Сводный анализ")
    for direction, due in (("dynamics", date(2026, 11, 21)), ("teachers", TODAY)):
        cycle.save_evidence(workspace, EvidenceForm(YEAR, "effect", direction, due=due))
    evidence(workspace, "measures", "План", direction="Наставничество")
    matrix = cycle.evidence_matrix(workspace, YEAR, TODAY)
    states = {
        place: cell.state
        for place, cell in matrix.cells.items()
        if cell.state is not EvidenceState.MISSING
    }
    present = EvidenceState.PRESENT
    whole = {("analysis", one): present for one in ("", "dynamics", "teachers", "help",
                                                    "Наставничество")}  # fmt: skip
    assert states == {
        ("monitoring", "dynamics"): present,
        **whole,
        ("effect", "dynamics"): EvidenceState.OVERDUE,
        ("effect", "teachers"): EvidenceState.AWAITED,
        ("measures", "Наставничество"): present,
    }
    assert len(matrix.directions) == 4
    assert matrix.missing == 4 * 10 - 6
    other = cycle.evidence_matrix(workspace, 2025, TODAY)
    assert other.missing == 30


def test_a_late_document_is_not_hidden_by_another(workspace: Workspace) -> None:
    evidence(workspace, "analysis", "Первый", direction="help")
    late = EvidenceForm(YEAR, "analysis", "help", "Второй", due=date(2026, 1, 1))
    cycle.save_evidence(workspace, late)
    cell = cycle.evidence_matrix(workspace, YEAR, TODAY).cell("analysis", "help")
    assert (cell.state, len(cell.rows)) == (EvidenceState.OVERDUE, 2)


def test_a_later_document_cites_an_earlier_one(workspace: Workspace) -> None:
    goals = evidence(workspace, "goals", "Цели")
    analysis = evidence(workspace, "analysis", "Анализ", prior_id=goals)
    rows = cycle.list_evidence(workspace, YEAR)
    assert [row.prior for row in rows] == ["", "Цели № 1 от 01.03.2026"]
    with pytest.raises(UserError, match="более раннего"):
        evidence(workspace, "goals", "Ещё", prior_id=analysis)
    with pytest.raises(UserError, match="более раннего"):
        cycle.save_evidence(
            workspace, EvidenceForm(YEAR, "analysis", title="Сам", prior_id=analysis), analysis
        )
    with pytest.raises(UserError, match="ссылаются"):
        cycle.delete_evidence(workspace, goals)
    cycle.delete_evidence(workspace, analysis)
    cycle.delete_evidence(workspace, goals)
    assert cycle.list_evidence(workspace, YEAR) == ()
    for wrong in (EvidenceForm(YEAR, "analysis"), EvidenceForm(YEAR, "пляски", title="X")):
        with pytest.raises(UserError):
            cycle.save_evidence(workspace, wrong)


def test_recommendations_are_proposed_from_risks_results_and_deficits(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    other = add_school(workspace, "СОШ № 2")
    for subject in ("Русский язык", "Математика"):
        add_result(
            workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 6, n3=4, n4=0, n5=0
        )
    support.set_marks(
        workspace,
        2025,
        {
            (school, "500-3"): Mark(Significance.HIGH, True, True),
            (school, "500-9"): Mark(Significance.ABSENT),
            (other, "500-1"): Mark(Significance.LOW, True),
        },
    )
    support.resolve_risk(workspace, 2025, other, "500-1", date(2025, 12, 1), "Акт")
    methodology.mark_deficits(workspace, 2025, school, {Deficit.STAFF}, "карта школы")
    drafts = cycle.propose(workspace, 2025)
    assert {draft.school for draft in drafts} == {"СОШ № 1"}
    by_risk = [draft for draft in drafts if draft.form.factor]
    assert {draft.form.factor for draft in by_risk} == {"500-3"}
    assert {draft.form.addressee for draft in by_risk} == {
        "school", "method_union", "method_office", "institute",
    }  # fmt: skip
    assert "высокая значимость, актуальный, приоритетный" in by_risk[0].why
    by_result = [draft for draft in drafts if "ниже минимума 60,0 %" in draft.why]
    assert len(by_result) == 4
    assert "Математика" in " ".join(draft.form.text for draft in by_result)
    assert all("{" not in draft.form.text for draft in drafts)
    assert cycle.list_recommendations(workspace, 2025) == ()
    cycle.accept(workspace, drafts)
    stored = cycle.list_recommendations(workspace, 2025)
    assert len(stored) == len(drafts)
    assert {row.form.state for row in stored} == {RecommendationState.PROPOSED}
    assert cycle.propose(workspace, 2025) == ()
    journal.undo_last(workspace)
    assert cycle.list_recommendations(workspace, 2025) == ()


def test_a_deficit_is_recommended_to_the_office(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    methodology.mark_deficits(workspace, 2025, school, {Deficit.STAFF}, "карта школы")
    (draft,) = cycle.propose(workspace, 2025, (school,))
    assert (draft.why, draft.form.addressee) == ("Не хватает кадров", "office")
    assert "за 2025 год" in draft.form.text
    assert cycle.propose(workspace, 2025, ()) == ()


def test_a_recommendation_is_edited_given_and_watched(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    form = RecommendationForm(
        YEAR,
        "method_union",
        "Рассмотреть на заседании",
        school,
        "РМО математиков",
        term="до 01.10.2026",
    )
    saved = cycle.save_recommendation(workspace, form)
    (row,) = cycle.list_recommendations(workspace, YEAR, school)
    assert row.addressee == "Районное методическое объединение: РМО математиков"
    assert row.term_end == date(2026, 10, 1)
    assert row.is_overdue(TODAY)
    cycle.set_state(workspace, [saved.id], RecommendationState.DONE)
    (row,) = cycle.list_recommendations(workspace, YEAR)
    assert not row.is_overdue(TODAY)
    wrong_analysis = evidence(workspace, "goals", "Цели")
    for wrong in (
        RecommendationForm(YEAR, "school", " "),
        RecommendationForm(YEAR, "сосед", "Текст"),
        RecommendationForm(YEAR, "school", "Текст", 99),
        RecommendationForm(YEAR, "school", "Текст", analysis_id=wrong_analysis),
    ):
        with pytest.raises(UserError):
            cycle.save_recommendation(workspace, wrong)
    activity(workspace, "Курсы", saved.id)
    with pytest.raises(UserError, match="мероприятие"):
        cycle.delete_recommendations(workspace, [saved.id])


def test_an_unclear_term_stays_as_written(workspace: Workspace) -> None:
    form = RecommendationForm(YEAR, "school", "Текст", term="30 февраля")
    cycle.save_recommendation(workspace, form)
    (row,) = cycle.list_recommendations(workspace, YEAR)
    assert (row.form.term, row.term_end) == ("30 февраля", None)


def test_a_whole_chain_has_no_break(workspace: Workspace) -> None:
    analysis = evidence(workspace, "analysis", "Справка")
    advice = cycle.save_recommendation(
        workspace, RecommendationForm(YEAR, "school", "Вести занятия", analysis_id=analysis)
    ).id
    measure = activity(workspace, "Занятия", advice)
    effect = evidence(workspace, "effect", "Итоги", issued_on=date(2026, 10, 1))
    cycle.save_decision(
        workspace,
        DecisionForm(
            YEAR, "Продолжить", "7", date(2026, 5, 1), activity_id=measure, effect_id=effect
        ),
    )
    found = cycle.chain(workspace, YEAR, TODAY)
    assert found.breaks == ()
    (way,) = found.rows
    assert (way.analysis, way.recommendation, way.measure, way.decision, way.effect, way.gap) == (
        "Справка № 1 от 01.03.2026",
        "Вести занятия",
        "Занятия",
        "Продолжить № 7",
        "Итоги",
        "",
    )


def test_every_kind_of_break_is_listed(workspace: Workspace) -> None:
    evidence(workspace, "analysis", "Одинокий анализ")
    cited = evidence(workspace, "analysis", "Анализ")
    bare = cycle.save_recommendation(
        workspace, RecommendationForm(YEAR, "school", "Без анализа")
    ).id
    lonely = RecommendationForm(YEAR, "school", "Без мер", analysis_id=cited)
    cycle.save_recommendation(workspace, lonely)
    gone = RecommendationForm(YEAR, "school", "Снята", state=RecommendationState.WITHDRAWN)
    cycle.save_recommendation(workspace, gone)
    activity(workspace, "Мера без решения", bare)
    cycle.save_decision(workspace, DecisionForm(YEAR, "Ниоткуда", due=date(2026, 1, 1)))
    evidence(workspace, "effect", "Эффект ни о чём")
    found = cycle.chain(workspace, YEAR, TODAY)
    assert [(one.link, one.text.split(":")[0]) for one in found.breaks] == [
        (Link.ANALYSIS, "«Одинокий анализ № 1 от 01.03.2026»"),
        (Link.RECOMMENDATION, "«Без анализа»"),
        (Link.MEASURE, "«Мера без решения»"),
        (Link.RECOMMENDATION, "«Без мер»"),
        (Link.DECISION, "«Ниоткуда»"),
        (Link.DECISION, "«Ниоткуда»"),
        (Link.EFFECT, "«Эффект ни о чём № 1 от 01.03.2026»"),
    ]
    assert [row.gap for row in found.rows] == [
        "нет анализа, решения",
        "нет мероприятия, решения",
        "нет рекомендаций",
        "решение без основания",
    ]


def test_long_words_of_people_are_cut_between_words_in_a_break_and_whole_in_a_decision(
    workspace: Workspace,
) -> None:
    words = "Составить перечень недостающих учебников по классам и приложить его к заявке школы"
    advice = cycle.save_recommendation(workspace, RecommendationForm(YEAR, "school", words)).id
    first = cycle.chain(workspace, YEAR, TODAY).breaks[0]
    quoted = first.text[first.text.index("«") + 1 : first.text.index("»")]
    assert quoted.endswith("…")
    assert words.startswith(quoted[:-1] + " ")
    cycle.save_decision(workspace, DecisionForm(YEAR, "Решение", recommendation_id=advice))
    assert [one.follows for one in cycle.list_decisions(workspace, YEAR)] == [words]


def test_a_decision_names_what_cannot_be(workspace: Workspace) -> None:
    analysis = evidence(workspace, "analysis", "Анализ")
    effect = evidence(workspace, "effect", "Итоги", issued_on=date(2026, 1, 1))
    for wrong in (
        DecisionForm(YEAR, " "),
        DecisionForm(YEAR, "Решение", effect_id=analysis),
        DecisionForm(YEAR, "Решение", issued_on=date(2026, 2, 1), effect_id=effect),
        DecisionForm(YEAR, "Решение", recommendation_id=99),
    ):
        with pytest.raises(UserError):
            cycle.save_decision(workspace, wrong)
    saved = cycle.save_decision(workspace, DecisionForm(YEAR, "Решение", "1"))
    cycle.delete_decision(workspace, saved.id)
    assert cycle.list_decisions(workspace, YEAR) == ()
    journal.undo_last(workspace)
    assert len(cycle.list_decisions(workspace, YEAR)) == 1


def test_the_monitoring_table_of_a_real_programme(workspace: Workspace) -> None:
    """Seven rows in three subjects; an empty cell continues the one above."""
    own = programmes.save_programme(
        workspace, programmes.ProgrammeForm(ProgrammeKind.PROGRAMME, "Программа", 2020, 2023)
    ).id
    lines = [
        ("Ожидаемые результаты", "Комплекс мер", "Процент выполнения", "Отчёт", "Сайт"),
        ("Влияние на качество", "ГИА, ВПР, ВсОШ", "Справляемость", "Статистика", "РЦОИ"),
        ("", "Условия обучения", "Удовлетворённость", "Опрос", ""),
        ("Кадры", "Развитие кадров", "Доля с категорией", "Мониторинг", "Школы"),
        ("", "", "Доля участников конкурсов", "", ""),
        ("", "Система поддержки", "Доля использующих материалы", "", "Опрос"),
    ]
    cycle.paste_monitoring(workspace, own, [*lines, ("", "", "", "", "")])
    last = MonitoringForm(own, "Сеть", "Договоры")
    saved = cycle.save_monitoring(workspace, last)
    rows = cycle.monitoring_rows(workspace, own)
    read = [tuple(getattr(row.form, name) for name in cycle.CELLS) for row in rows]
    assert read == [*lines, ("Сеть", "Договоры", "", "", "")]
    cycle.move_monitoring(workspace, saved.id, 0)
    assert cycle.monitoring_rows(workspace, own)[0].form.subject == "Сеть"
    cycle.delete_monitoring(workspace, saved.id)
    assert len(cycle.monitoring_rows(workspace, own)) == 6
    with pytest.raises(UserError, match="больше 5"):
        cycle.paste_monitoring(workspace, own, [("1", "2", "3", "4", "5", "6")])
    with pytest.raises(UserError, match="пуста"):
        cycle.save_monitoring(workspace, MonitoringForm(own))
