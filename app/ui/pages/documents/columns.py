"""Columns of the register of documents."""

from __future__ import annotations

from app.models.enums import DocumentStatus
from app.services.documents import DocumentRow
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.theme.colors import Tone

CHIPS = {
    DocumentStatus.DRAFT: Chip(Tone.INFO, Sign.DOT, "проект"),
    DocumentStatus.REGISTERED: Chip(Tone.INFO, Sign.CHECK, "зарегистрирован"),
    DocumentStatus.SIGNED: Chip(Tone.SUCCESS, Sign.CHECK, "подписан"),
    DocumentStatus.CANCELLED: Chip(Tone.NEUTRAL, Sign.DASH, "отменён"),
}


def _moment(value: object) -> str:
    return f"{value:%d.%m.%Y %H:%M}"


DOCUMENTS: tuple[Column[DocumentRow], ...] = (
    Column(
        "status",
        "Состояние",
        lambda row: CHIPS[row.status].word,
        width=104,
        chip=lambda row: CHIPS[row.status],
    ),
    Column("number", "№", lambda row: row.number, width=56),
    Column(
        "date",
        "Дата",
        lambda row: row.date,
        lambda day: "" if day is None else f"{day:%d.%m.%Y}",
        width=96,
    ),
    Column("title", "Документ", lambda row: row.title, width=150),
    Column("made", "Создан", lambda row: row.made_at.astimezone(), _moment, width=130, hidden=True),
)
