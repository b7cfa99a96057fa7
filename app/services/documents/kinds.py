"""The kinds of paper that ``export`` knows, with the endings each can be written to."""

from __future__ import annotations

from app.services.documents.papers import papers
from app.services.documents.pictures import FORMATS as PICTURE_FORMATS
from app.services.documents.types import Kind

PAPER_FORMATS = (".pdf", ".docx", ".xlsx")

KINDS: tuple[Kind, ...] = (
    Kind("order", "Приказ об утверждении перечня школ с низкими результатами", (".pdf", ".docx")),
    Kind("results", "Результаты оценочных процедур", (".json", ".csv", ".xlsx")),
    Kind("passports", "Социальные паспорта школ", (".json", ".csv", ".xlsx")),
    Kind("bias", "Школы с признаками необъективности ВПР", (".json", ".csv", ".xlsx")),
    Kind("school-card", "Карточка школы на одной странице", (".pdf", ".docx")),
    Kind(
        "decisions",
        "Протокол решений о категориях школ",
        (".pdf", ".docx", ".xlsx", ".csv", ".json"),
    ),
    Kind("indicators", "Показатели программ", (".json", ".xlsx", ".csv")),
    Kind("deadlines", "Календарь сроков (iCalendar)", (".ics",)),
    Kind("roadmap", "Дорожные карты построчно", (".json", ".xlsx")),
    Kind("risks", "Факторы риска по школам", (".json", ".csv", ".xlsx")),
    Kind("curators", "Кураторы и координаторы", (".json", ".csv", ".xlsx")),
    Kind("networks", "Сетевые группы", (".json", ".csv", ".xlsx")),
    Kind("recommendations", "Адресные рекомендации таблицей", (".json", ".csv", ".xlsx")),
    Kind("evidence", "Матрица доказательств таблицей", (".json", ".csv", ".xlsx")),
    Kind("subjects", "Предметы ВПР: качество, средний балл, успеваемость", (".xlsx", ".csv")),
    Kind("signals", "Внутренние сигналы необъективности", (".json", ".csv", ".xlsx")),
    Kind("chart-years", "Картинка: доля «2» по школам и годам", PICTURE_FORMATS),
    Kind("chart-procedures", "Картинка: доля «2» по школам и процедурам", PICTURE_FORMATS),
    Kind("chart-marks", "Картинка: распределение отметок по школам", PICTURE_FORMATS),
)

_PROGRAMME = Kind("programme", "Муниципальная программа", PAPER_FORMATS)


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind: those with code of their own and those that are described by data."""
    described = (Kind(key, spec.name, PAPER_FORMATS) for key, spec in papers().items())
    return (*KINDS, _PROGRAMME, *described)
