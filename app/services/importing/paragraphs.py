"""Paragraphs of a document around its tables: where they name pupils, only the tables are kept."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.models.enums import Severity
from app.services.importing.facts import (
    AppealFact,
    Extract,
    Fact,
    RecordFact,
    ReferenceFact,
    ResultFact,
)
from app.services.importing.grid import Sheet
from app.services.importing.plan import Finding
from app.services.importing.pupil_names import names_pupils

_PUPILS: tuple[type[Fact], ...] = (ResultFact, RecordFact, ReferenceFact, AppealFact)
"""Facts of documents about pupils; a plan names those who answer for it."""
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(r"<w:(?:tab|br|cr)\b[^>]*>")
_MESSAGE = "В тексте документа вокруг таблиц могут быть названы ученики: этот текст не хранится."
_HINT = "Из него ничего не взято, в архивной копии оставлены только таблицы."


def about_paragraphs(
    copy: Path, kind: str, sheets: Iterable[Sheet], extracts: Iterable[Extract]
) -> Finding | None:
    """Return what is told where the text around the tables names pupils; None where it does not.

    Then the copy that is kept must hold the tables alone.  ``copy`` was read as ``kind``.
    """
    facts = (one for extract in extracts for block in extract.blocks for one in block.facts[:1])
    if kind not in ("docx", "html") or not any(isinstance(one, _PUPILS) for one in facts):
        return None
    texts = [one for sheet in sheets for one in sheet.before]
    if kind == "docx" and copy.is_file():  # beside those above the tables: below them, footnotes
        texts.extend(_of_word(copy))
    if not any(names_pupils(text) for text in texts):
        return None
    return Finding(Severity.WARNING, _MESSAGE, _HINT)


def _of_word(copy: Path) -> Iterator[str]:
    """Yield the paragraphs outside tables, of headers, footnotes and comments too."""
    with zipfile.ZipFile(copy) as book:
        for name in book.namelist():
            if not _PARTS.fullmatch(name):
                continue
            body = _TABLE.sub(" ", book.read(name).decode("utf-8", "replace"))
            for paragraph in body.split("</w:p>"):
                yield html.unescape(_TAG.sub("", _GAP.sub(" ", paragraph)))
