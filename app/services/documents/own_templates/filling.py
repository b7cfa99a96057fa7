"""Puts values in the place of tags: plain text for plain text, blocks for whole paragraphs.

There is no language of templates here, nothing is computed and nothing is run: a tag is a key of a
table, and what it stands for is put in as text.
"""

from __future__ import annotations

import io
import re
from typing import Any

from docx.oxml import OxmlElement

from app.errors import OutputError
from app.services.documents import blanks
from app.services.documents.blocks import Block, Content, Meta, Paragraph, Run, texts
from app.services.documents.own_templates.insertion import Inserter
from app.services.documents.own_templates.places import Letters, Mention, letters, mentions, spots
from app.services.documents.own_templates.types import Filled, Values, folded
from app.services.documents.typography import profile

_NOTHING = "Нет данных."
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fill(document: Any, values: Values) -> Filled:
    """Return the document with its tags filled; a tag that nothing is known for is a blank.

    OutputError names a character that no Word file can hold.
    """
    return _Filling(document, values).done()


class _Filling:
    """One document while it is filled; every tag in it was found right by the checker."""

    def __init__(self, document: Any, values: Values) -> None:
        self._document = document
        self._texts = {folded(word): (word, text) for word, text in values.texts.items()}
        self._blocks = {folded(word): (word, made) for word, made in values.blocks.items()}
        self._inserter = Inserter(
            document, profile(values.profile), long_storage=values.long_storage
        )
        self._blanks: dict[str, None] = {}
        _check_characters(values)

    def done(self) -> Filled:
        """Fill everything and return the file."""
        # What is put in may look like a tag: only what was there before is filled.
        for spot in list(spots(self._document)):
            if spot.fillable:
                self._fill(spot.paragraph)
        file = io.BytesIO()
        self._document.save(file)
        return Filled(file.getvalue(), tuple(self._blanks))

    def _fill(self, paragraph: Any) -> None:
        found = letters(paragraph)
        mentioned = mentions(found.text)
        block = next((self._block(one.word) for one in mentioned if self._block(one.word)), None)
        if block is not None:
            self._put(paragraph, *block)
            return
        for one in reversed(mentioned):
            _replace(found, one, self._text(one.word))

    def _block(self, word: str) -> tuple[str, tuple[Block, ...]] | None:
        return self._blocks.get(folded(word))

    def _put(self, paragraph: Any, word: str, made: tuple[Block, ...]) -> None:
        if not made:
            self._blanks[word] = None
        self._inserter.put(paragraph, made or (Paragraph((Run(_NOTHING),)),))

    def _text(self, word: str) -> str:
        known, text = self._texts[folded(word)]
        if not text:
            self._blanks[known] = None
        return text or blanks.DATE


def _replace(found: Letters, tag: Mention, text: str) -> None:
    """Write the text into the first piece that the tag touches, cut the rest of the tag away.

    Tags are replaced from the last to the first: places before a tag stay what they were.
    """
    touched = [one for one in found.pieces if one.start < tag.end and tag.start < one.end]
    for index, piece in enumerate(touched):
        own = piece.element.text or ""
        left = max(tag.start - piece.start, 0)
        right = min(tag.end, piece.end) - piece.start
        _write(piece.element, own[:left], text if index == 0 else "", own[right:])


def _write(element: Any, before: str, text: str, after: str) -> None:
    """Write a text of several lines into a ``w:t``; lines are divided by breaks of the same run."""
    lines = text.split("\n")
    element.text = before + lines[0]
    _keep_spaces(element)
    place = element
    for line in lines[1:]:
        breaks, more = OxmlElement("w:br"), OxmlElement("w:t")
        place.addnext(breaks)
        breaks.addnext(more)
        more.text = line
        _keep_spaces(more)
        place = more
    place.text = (place.text or "") + after


def _keep_spaces(element: Any) -> None:
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _check_characters(values: Values) -> None:
    listed = list(values.texts.items())
    for word, made in values.blocks.items():
        content = Content("", "", values.profile, made, Meta("", 0))
        listed += [(word, piece.text) for piece in texts(content)]
    for word, text in listed:
        found = _NOT_XML.search(text)
        if found:
            raise OutputError(
                f"Файл Word не может содержать знак U+{ord(found[0]):04X}: метка [[{word}]].",
                "Исправьте этот текст в данных и составьте документ снова.",
            )
