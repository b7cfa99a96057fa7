"""Sentences of documents in the office's own words, with checked tags and a way back."""

from app.services.documents.own_texts.carrying import export_texts, import_texts
from app.services.documents.own_texts.service import (
    check_text,
    list_texts,
    own_texts,
    paper_sentence,
    paper_sentence_faults,
    paper_sentences,
    restore_text,
    save_text,
    shown_sentence,
    take_texts,
)
from app.services.documents.own_texts.types import Tag, TextError, TextFault, TextRow

__all__ = [
    "Tag",
    "TextError",
    "TextFault",
    "TextRow",
    "check_text",
    "export_texts",
    "import_texts",
    "list_texts",
    "own_texts",
    "paper_sentence",
    "paper_sentence_faults",
    "paper_sentences",
    "restore_text",
    "save_text",
    "shown_sentence",
    "take_texts",
]
