"""The closed vocabularies of the field; the stored text is the word that people read."""

from __future__ import annotations

from enum import StrEnum


class AssessmentKind(StrEnum):
    """A national assessment (оценочная процедура)."""

    VPR = "ВПР"
    OGE = "ОГЭ"
    EGE = "ЕГЭ"


class CodeSystem(StrEnum):
    """A system that gives schools their codes; a school may have one current code in each."""

    FISOKO = "ФИС ОКО"
    RCOI = "РЦОИ"


class SchoolStatus(StrEnum):
    """Whether the school works; a closed one keeps its history."""

    ACTIVE = "действует"
    MERGED = "присоединена"
    CLOSED = "закрыта"


class Category(StrEnum):
    """What a school is for the year, as printed in the annex of the order."""

    SHNOR = "ШНОР"
    SHNSU = "ШНСУ"
    SHNOR_SHNSU = "ШНОР+ШНСУ"
    RISK_ZONE = "зона риска"
    NONE = "вне групп"

    @property
    def has_shnor(self) -> bool:
        """Whether the school is among those with low results."""
        return self in (Category.SHNOR, Category.SHNOR_SHNSU)

    @property
    def has_shnsu(self) -> bool:
        """Whether the school is among those in hard social conditions."""
        return self in (Category.SHNSU, Category.SHNOR_SHNSU)

    @classmethod
    def of(cls, *, shnor: bool, shnsu: bool) -> Category:
        """Return the category that both marks together make; «вне групп» of neither."""
        if shnor:
            return cls.SHNOR_SHNSU if shnsu else cls.SHNOR
        return cls.SHNSU if shnsu else cls.NONE


class Basis(StrEnum):
    """Who says that a school is in its category."""

    COMPUTED = "computed"
    REGION = "region"
    MANUAL = "manual"


class Severity(StrEnum):
    """How bad a finding is: an error keeps its row out, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class FileStatus(StrEnum):
    """What became of one file of a load."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    NEEDS_DECISION = "needs_decision"
    REFUSED = "refused"


class BatchStatus(StrEnum):
    """What became of a whole load."""

    APPLIED = "applied"
    UNDONE = "undone"


class CountsOrigin(StrEnum):
    """How the numbers of pupils by mark are known."""

    GIVEN = "given"
    """The file states them."""
    AGGREGATED = "aggregated"
    """Counted by us from rows of single pupils."""
    RECOVERED = "recovered"
    """The only whole numbers that agree with the percentages and the participants of the file."""
    APPROXIMATE = "approximate"
    """Several whole numbers agree with the rounded percentages; the nearest were taken."""


class PartKind(StrEnum):
    """What a part of a result stands for."""

    DAY = "день экзамена"
    RETAKE = "пересдача"
    """Takes out the earlier marks of pupils who sat the exam again on that day."""
    REPEAT = "повторная сдача"
    """Takes out the marks of that day of pupils who had sat the exam before."""
    APPEALS = "апелляции"
    CLASS = "класс"
    """One class of the grade: the classes of a school are added."""


class DaysAnswer(StrEnum):
    """How a person counts an exam that was sat on several days: retakes, reserve days."""

    LATEST = "latest"
    """The days are added; of a pupil who sat it twice the later mark counts."""
    FIRST = "first"
    """The days are added; of a pupil who sat it twice the first mark counts."""
    MAIN = "main"
    """Only the first day counts."""


class ReferenceScope(StrEnum):
    """Whose figure a reference row is; schools' own figures are results, not references."""

    SAMPLE = "вся выборка"
    REGION = "регион"
    DISTRICT = "муниципалитет"


class DocumentStatus(StrEnum):
    """State of a document in the register."""

    DRAFT = "проект"
    REGISTERED = "зарегистрирован"
    SIGNED = "подписан"
    CANCELLED = "отменён"


class RecordKind(StrEnum):
    """What a record of a school or of a reference scope is about."""

    PASSPORT = "социальный паспорт"
    ISB = "ИСБ региона"
    JOURNAL = "сравнение с журналом"
    SCORES = "распределение баллов"
    TASKS = "выполнение заданий"
    PLANNED = "планируемые результаты"
    BIAS = "признак необъективности"
    DYNAMICS = "динамика района"
    REGION_LIST = "список региона"
    STATISTICS = "статистическая форма"
    STAFF = "кадры"
    DEFICIT = "дефицит ресурсов"


class QuarantineState(StrEnum):
    """Where a row stands that could not be stored."""

    WAITING = "ждёт"
    STORED = "загружена"
    DISMISSED = "отклонена"


class OrganizationKind(StrEnum):
    """What an organization is to the office."""

    OFFICE = "управление"
    METHOD_OFFICE = "методический кабинет"
    METHOD_UNION = "методическое объединение"
    INSTITUTE = "институт развития образования"
    SCHOOL = "школа"
    EXTRA = "дополнительное образование"
    OTHER = "другая"


class Significance(StrEnum):
    """How strong a risk factor is in a school's risk profile."""

    HIGH = "высокая"
    MEDIUM = "средняя"
    LOW = "низкая"
    ABSENT = "не выявлен"


class SchoolPaper(StrEnum):
    """Documents of the support project that a school itself writes."""

    SELF_CHECK = "самодиагностика"
    CONCEPT = "концепция развития"
    MIDTERM = "среднесрочная программа"
    ANTI_RISK = "антирисковая программа"
    REPORT = "отчёт"
    OTHER = "другой документ"


class PaperState(StrEnum):
    """How far a school's document has come."""

    ABSENT = "нет"
    DRAFT = "проект"
    APPROVED = "утверждён"
    PUBLISHED = "размещён"


class SupportRole(StrEnum):
    """What an appointed person does for the schools in support."""

    COORDINATOR = "муниципальный координатор"
    CURATOR = "куратор"
    TUTOR = "тьютор"
    MEMBER = "член рабочей группы"


class ProgrammeKind(StrEnum):
    """What kind of planning document a programme is."""

    PROGRAMME = "муниципальная программа"
    SUBPROGRAMME = "подпрограмма"
    ROADMAP = "дорожная карта"
    PLAN = "план мероприятий"


class RoadmapMode(StrEnum):
    """By what the activities of a roadmap are grouped."""

    SIMPLE = "простая"
    SECTIONS = "по разделам"
    RISK_FACTORS = "по факторам риска"
    GOALS = "по целям"
    PARALLEL = "параллельные направления"
    MONITORING = "мониторинг"


class ActivityStatus(StrEnum):
    """What became of an activity; an overdue one is computed, never stored."""

    PLANNED = "запланировано"
    DONE = "выполнено"
    PARTLY = "частично"
    MOVED = "перенесено"
    NOT_NEEDED = "не требуется"


class BetterWhen(StrEnum):
    """Which way an indicator should go."""

    HIGHER = "больше"
    LOWER = "меньше"


class ValueRole(StrEnum):
    """What a figure of an indicator or of an activity's year stands for."""

    BASE = "базовое"
    PLAN = "план"
    FACT = "факт"


class MonitoringStage(StrEnum):
    """Stages of monitoring."""

    INPUT = "входной"
    INTERIM = "промежуточный"
    FINAL = "итоговый"


class RecommendationState(StrEnum):
    """Where an addressed recommendation stands."""

    PROPOSED = "предложена"
    GIVEN = "направлена"
    DONE = "выполнена"
    WITHDRAWN = "снята"
