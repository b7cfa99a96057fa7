"""Columns of the lists of sentences, templates, tags and documents to fill a template for."""

from __future__ import annotations

from app.services.decimals import size_words
from app.services.documents import DocumentRow, TemplateRow, TemplateTag, TextRow
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.theme.colors import Tone


def _whose(row: TextRow) -> Chip:
    if not row.shipped:
        return Chip(Tone.WARNING, Sign.ALERT, "лишний")
    if row.own is not None:
        return Chip(Tone.INFO, Sign.DOT, "свой")
    return Chip(Tone.NEUTRAL, Sign.DASH, "программы")


def _added(row: TemplateRow) -> str:
    return f"{row.added_at.astimezone():%d.%m.%Y %H:%M}"


def _stands(tag: TemplateTag) -> str:
    return "отдельный абзац" if tag.is_block else "в тексте"


def _dated(row: DocumentRow) -> str:
    day = f" от {row.date:%d.%m.%Y}" if row.date else ""
    return f"{row.number}{day}" if row.number else "без номера"


TEXTS: tuple[Column[TextRow], ...] = (
    Column("kind", "Документ", lambda row: row.kind, width=150, hint=lambda row: row.kind),
    Column("place", "Место", lambda row: row.place, width=210, hint=lambda row: row.place),
    Column("whose", "Чей текст", lambda row: _whose(row).word, width=118, chip=_whose),
    Column("text", "Текст", lambda row: row.text, width=230, hint=lambda row: row.text),
)

TEMPLATES: tuple[Column[TemplateRow], ...] = (
    Column("title", "Шаблон", lambda row: row.title, width=220, hint=lambda row: row.title),
    Column("kind", "Для документа", lambda row: row.kind_title, width=230),
    Column("size", "Размер", lambda row: row.size, size_words, Align.RIGHT, width=76),
    Column("added", "Принят", _added, width=130, sort_key=lambda row: row.added_at),
)

TAGS: tuple[Column[TemplateTag], ...] = (
    Column("word", "Метка", lambda tag: tag.written, width=236, hint=lambda tag: tag.written),
    Column("stands", "Где стоит", _stands, width=104),
    Column("about", "Что подставляется", lambda tag: tag.about, width=160, hint=lambda t: t.about),
)

DOCUMENTS: tuple[Column[DocumentRow], ...] = (
    Column("title", "Документ", lambda row: row.title, width=420, hint=lambda row: row.title),
    Column("number", "Номер и дата", _dated, width=150),
    Column("status", "Состояние", lambda row: row.status.value, width=120),
)
