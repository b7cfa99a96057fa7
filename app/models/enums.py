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


class ReferenceScope(StrEnum):
    """Whose figure a reference row is; schools' own figures are results, not references."""

    SAMPLE = "вся выборка"
    REGION = "регион"
    DISTRICT = "муниципалитет"


class DocumentStatus(StrEnum):
    """State of a document in the register."""

    DRAFT = "проект"
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
