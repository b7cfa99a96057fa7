"""Rows of support, programmes, roadmaps, indicators and the cycle; every name is imaginary."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.models.cycle import Evidence, MonitoringRow, Recommendation
from app.models.enums import (
    ActivityStatus,
    BetterWhen,
    MonitoringStage,
    OrganizationKind,
    PaperState,
    ProgrammeKind,
    RecommendationState,
    RoadmapMode,
    SchoolPaper,
    Significance,
    SupportRole,
    ValueRole,
)
from app.models.indicators import Indicator, IndicatorValue
from app.models.management import ManagementDecision
from app.models.people import Organization, Person
from app.models.programmes import Programme, ProgrammeBlock, ProgrammeItem
from app.models.roadmaps import (
    Activity,
    ActivityResponsible,
    ActivitySchool,
    ActivityYear,
    OwnMeasure,
    Roadmap,
    RoadmapGroup,
)
from app.models.support import (
    Appointment,
    MentorPair,
    NetworkGroup,
    NetworkMember,
    OwnRiskFactor,
    SchoolDocument,
    SchoolRisk,
)

_DAY = date(2025, 9, 15)
_MOMENT = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)


def populate_support(session: Session) -> None:
    """Add directory, support, one programme with a roadmap, indicators and the cycle."""
    for fill in (_directory, _support, _network, _programme, _indicators, _cycle, _roadmap):
        fill(session)
        session.flush()


def _directory(session: Session) -> None:
    session.add_all(
        [
            Organization(
                id=1,
                kind=OrganizationKind.OFFICE,
                name="Управление образования Лесного района",
                key="управление образования лесного района",
                cases={"genitive": "Управления образования Лесного района"},
            ),
            Organization(
                id=2,
                kind=OrganizationKind.SCHOOL,
                name="МБОУ СОШ № 4 г. Заречный",
                key="мбоу сош № 4 г. заречный",
                spellings=["СОШ 4"],
                school_id=2,
            ),
        ]
    )
    session.flush()
    session.add(
        Person(
            id=1,
            name="Образцова Проба Примеровна",
            post="директор",
            organization_id=2,
            key="образцова проба примеровна",
            cases={"name": {"dative": "Образцовой Пробе Примеровне"}},
        )
    )


def _support(session: Session) -> None:
    session.add_all(
        [
            OwnRiskFactor(id=1, key="own-1", position=11, title="Удалённость от райцентра"),
            SchoolRisk(
                id=1,
                school_id=1,
                year=2025,
                factor="500-2",
                significance=Significance.HIGH,
                actual=True,
                priority=True,
            ),
            SchoolRisk(
                id=2,
                school_id=1,
                year=2025,
                factor="own-1",
                significance=Significance.ABSENT,
                resolved_on=_DAY,
                evidence="Справка № 4",
            ),
            SchoolDocument(
                id=1,
                school_id=1,
                year=2025,
                kind=SchoolPaper.ANTI_RISK,
                factor="500-2",
                title="Программа «Кадры»",
                issued_on=_DAY,
                state=PaperState.APPROVED,
            ),
            Appointment(id=1, role=SupportRole.CURATOR, school_id=1, person_id=1, first_day=_DAY),
            Appointment(id=2, role=SupportRole.COORDINATOR, post="методист", organization_id=1),
            MentorPair(
                id=1, school_id=1, mentor_id=2, subject="Подготовка к ОГЭ", agreement_number="3"
            ),
        ]
    )


def _network(session: Session) -> None:
    session.add(NetworkGroup(id=1, position=1, number="1", principle="Соседние сёла"))
    session.flush()
    session.add(NetworkMember(id=1, group_id=1, organization_id=2, position=1, role="опорная"))


def _programme(session: Session) -> None:
    session.add(
        Programme(
            id=1,
            kind=ProgrammeKind.PROGRAMME,
            title="Программа поддержки школ Лесного района",
            first_year=2025,
            last_year=2027,
            approval={"document": "приказ", "number": "12", "date": "2025-01-19"},
        )
    )
    session.flush()
    session.add_all(
        [
            ProgrammeItem(id=1, programme_id=1, part="goal", position=1, text="Поднять результаты"),
            ProgrammeItem(
                id=2,
                programme_id=1,
                part="funding",
                position=1,
                text="Курсы",
                data={"amount_text": "400 т. р.", "amount": 400000},
            ),
            ProgrammeBlock(id=1, programme_id=1, position=1, kind="section", title="Паспорт"),
        ]
    )
    session.flush()
    session.add(
        ProgrammeItem(id=3, programme_id=1, part="task", parent_id=1, position=1, text="Обучить")
    )
    session.add(
        ProgrammeBlock(
            id=2, programme_id=1, parent_id=1, position=1, kind="text", body={"text": "Своё"}
        )
    )


def _indicators(session: Session) -> None:
    session.add(Indicator(id=1, programme_id=1, position=1, title="Качество", is_group=True))
    session.flush()
    session.add(
        Indicator(
            id=2,
            programme_id=1,
            parent_id=1,
            goal_id=1,
            position=1,
            number="1.1",
            title="Доля школ с положительной динамикой",
            unit="%",
            better=BetterWhen.HIGHER,
            extra={"Ответственный": "РМК"},
            batch_id=1,
        )
    )
    session.flush()
    for number, (role, period, text) in enumerate(
        ((ValueRole.BASE, "", "20"), (ValueRole.PLAN, "2025", "не менее 30"))
    ):
        session.add(
            IndicatorValue(
                id=number + 1,
                indicator_id=2,
                role=role,
                period=period,
                text=text,
                number=20.0 + 10 * number,
            )
        )


def _cycle(session: Session) -> None:
    session.add_all(
        [
            MonitoringRow(id=1, programme_id=1, position=1, subject="Кадры", criterion="Хватает"),
            Evidence(id=1, programme_id=1, year=2025, step="monitoring", title="Справка"),
        ]
    )
    session.flush()
    session.add(Evidence(id=2, year=2025, step="analysis", title="Анализ", due=_DAY, prior_id=1))
    session.flush()
    session.add(
        Recommendation(
            id=1,
            year=2025,
            school_id=1,
            addressee="school",
            factor="500-2",
            text="Закрыть вакансию учителя математики",
            state=RecommendationState.GIVEN,
            analysis_id=2,
        )
    )


def _roadmap(session: Session) -> None:
    session.add(
        Roadmap(
            id=1,
            programme_id=1,
            position=1,
            mode=RoadmapMode.RISK_FACTORS,
            title="Дорожная карта",
            columns=[{"field": "number", "title": "№"}, {"field": "title", "title": "Мероприятие"}],
            batch_id=2,
        )
    )
    session.flush()
    session.add(RoadmapGroup(id=1, roadmap_id=1, position=1, title="Раздел 1", goal_id=1))
    session.flush()
    session.add(
        RoadmapGroup(id=2, roadmap_id=1, parent_id=1, position=1, title="Фактор", factor="500-2")
    )
    session.flush()
    session.add(_activity(1, group_id=1, stage=MonitoringStage.INPUT))
    session.flush()
    session.add(
        _activity(2, group_id=2, after_id=1, recommendation_id=1, indicator_id=2, who_when="РМК")
    )
    session.flush()
    session.add_all(
        [
            ActivityYear(id=1, activity_id=1, year=2025, plan="не менее 3", plan_number=3.0),
            ActivityResponsible(id=1, activity_id=1, position=1, name="УО", organization_id=1),
            ActivitySchool(id=1, activity_id=2, school_id=1),
            OwnMeasure(id=1, key="own-1", title="Выезд", body={"term": "май"}, made_at=_MOMENT),
            ManagementDecision(id=1, year=2025, title="Приказ", recommendation_id=1, activity_id=2),
        ]
    )


def _activity(number: int, **fields: object) -> Activity:
    return Activity(
        id=number,
        roadmap_id=1,
        position=number,
        title=f"Мероприятие {number}",
        search_key=f"мероприятие {number}",
        term="1 кв. 2025",
        term_start=date(2025, 1, 1),
        term_end=date(2025, 3, 31),
        status=ActivityStatus.PLANNED,
        **fields,
    )
