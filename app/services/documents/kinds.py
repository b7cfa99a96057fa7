"""The kinds of paper that ``export`` knows, with the endings each can be written to."""

from __future__ import annotations

from app.services.documents.types import Kind

KINDS: tuple[Kind, ...] = (
    Kind("order", "Приказ об утверждении перечня школ с низкими результатами", (".pdf", ".docx")),
    Kind("results", "Результаты оценочных процедур", (".json", ".csv", ".xlsx")),
    Kind("passports", "Социальные паспорта школ", (".json", ".csv", ".xlsx")),
    Kind("bias", "Школы с признаками необъективности ВПР", (".json", ".csv", ".xlsx")),
    Kind(
        "decisions",
        "Протокол решений о категориях школ",
        (".pdf", ".docx", ".xlsx", ".csv", ".json"),
    ),
    Kind("indicators", "Показатели программ", (".json", ".xlsx", ".csv")),
    Kind("roadmap", "Дорожные карты построчно", (".json", ".xlsx")),
)
