"""A template to begin with: every requisite in its place, and the list of tags on a last page."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Mm

from app.services.documents.blocks import Content, Meta, Role
from app.services.documents.own_templates.tags import kinds, tags_of, words
from app.services.documents.papers.library import papers
from app.services.documents.papers.types import Form
from app.services.documents.typography import profile
from app.services.documents.word import styles, xml
from app.services.documents.word.tables import Tables

_PROFILE = "2025"
_WIDTH = 9638
"""Twips between margins of 20 and 20 mm on A4: an example is bound by nothing."""


def example(kind: str) -> bytes:
    """Return a working template of a kind; UserError for a kind without templates."""
    # Late: python-docx is needed only when a Word file is made.
    import docx

    tags = tags_of(kind)
    document = docx.Document()
    styles.define(document, Content("", kind, _PROFILE, (), Meta("", 0)))
    styles.complement(document, profile(_PROFILE), long_storage=False)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _letter(document, kind)
    _page_of_tags(document, tags, kinds()[kind])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _letter(document: Any, kind: str) -> None:
    office, paper, whole = words("office"), words("document"), words("whole")
    spec = papers().get(kind)
    form = spec.form if spec else Form.ORDER
    document.add_paragraph(_tag(office["parent_name"]), styles.PARENT)
    document.add_paragraph(_tag(office["full_name"]), styles.ORGANISATION)
    if form is Form.ORDER:
        name = " ".join(spec.word if spec and spec.word else "ПРИКАЗ")
        document.add_paragraph(name, styles.DOCUMENT_NAME)
    ends = (
        (_tag(paper["date"]), styles.LINE),
        (f"№ {_tag(paper['number'])}", styles.LINE_RIGHT),
    )
    tables = Tables(document, {style.name: style.style_id for style in document.styles})
    tables.add_line(ends, 0.5, _WIDTH)
    if form is Form.LETTER:
        document.add_paragraph(_tag(words("school")["director_dative"]), styles.CORNER)
    document.add_paragraph(_tag(paper["title"]), styles.INSERTED)
    document.add_paragraph(_tag(whole["body"]), styles.ROLES[Role.TEXT])
    closing = (
        (_tag(office["head_post"]), styles.SIGNATURE),
        (_tag(office["head_initials"]), styles.SIGNATURE_NAME),
    )
    tables.add_line(closing, 0.55, _WIDTH)
    executor = f"{_tag(office['executor_name'])}, тел. {_tag(office['executor_phone'])}"
    document.add_paragraph(executor, styles.ROLES[Role.EXECUTOR])
    if form is Form.ORDER:
        document.add_paragraph(_tag(whole["annexes"]), styles.ROLES[Role.TEXT])


def _page_of_tags(document: Any, tags: Any, title: str) -> None:
    """The list is text without brackets: what is copied from it is put into brackets by hand."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph(f"Метки шаблона «{title}»", styles.INSERTED)
    document.add_paragraph(
        "Удалите эту страницу, когда шаблон готов. Метка пишется в двойных квадратных скобках; "
        "отмеченные словом «отдельно» ставятся в абзац без другого текста.",
        styles.ROLES[Role.TEXT],
    )
    table = document.add_table(len(tags), 3, styles.GRID)
    xml.fix_layout(table, (4000, 1500, 4138), (85, 28))
    for row, tag in zip(table.rows, tags, strict=True):
        cells = (tag.word, "отдельно" if tag.is_block else "в тексте", tag.about)
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].text = text


def _tag(word: str) -> str:
    return f"[[{word}]]"
