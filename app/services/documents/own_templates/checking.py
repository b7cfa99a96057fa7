"""Looks a template over: every tag is known, whole, and stands where it can be filled."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from app.services.documents.own_templates.places import TAG, Mention, Spot, letters, mentions, spots
from app.services.documents.own_templates.types import (
    FoundTag,
    TemplateFault,
    TemplateReport,
    TemplateTag,
    folded,
)

_NEAR = 30
"""Signs shown on both sides of a fault."""
_LIKE = 0.6
"""How much of a word must be the same to be proposed."""
_LONGEST = 80
"""Signs of a tag that a message repeats: ours are shorter by far."""


def check(
    document: Any, tags: tuple[TemplateTag, ...], foreign: Mapping[str, str]
) -> TemplateReport:
    """Return the tags of a document and its faults, in reading order.

    ``foreign`` tells for the words of other kinds which kind has them.
    """
    known = {folded(tag.word): tag for tag in tags}
    found: list[FoundTag] = []
    faults: list[TemplateFault] = []
    for spot in spots(document):
        text = letters(spot.paragraph).text
        for mention in mentions(text):
            tag = known.get(folded(mention.word))
            fault = (
                _unknown(text, mention, spot, known, foreign)
                if tag is None
                else _misplaced(text, tag, spot)
            )
            if fault is not None:
                faults.append(fault)
            elif tag is not None:
                found.append(FoundTag(tag.word, spot.place))
        faults += _broken(text, spot)
    if not found and not faults:
        faults.append(_no_tags())
    # A text box is written twice in the file: for new programs and for old ones.
    return TemplateReport(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(faults)))


def _unknown(
    text: str,
    mention: Mention,
    spot: Spot,
    known: Mapping[str, TemplateTag],
    foreign: Mapping[str, str],
) -> TemplateFault:
    word = folded(mention.word)
    where = _around(text, mention.start, min(mention.end, mention.start + _LONGEST))
    named = mention.word if len(mention.word) <= _LONGEST else f"{mention.word[:_LONGEST]}…"
    message = f"неизвестная метка [[{named}]] – «{where}»."
    if word in foreign:
        return TemplateFault(spot.place, message, f"Она бывает в документе «{foreign[word]}».")
    close = difflib.get_close_matches(word, known, 1, _LIKE)
    hint = f"Возможно, {known[close[0]].written}." if close else "Посмотрите список меток."
    return TemplateFault(spot.place, message, hint)


def _misplaced(text: str, tag: TemplateTag, spot: Spot) -> TemplateFault | None:
    if not spot.fillable:
        message = f"метка {tag.written} здесь не заполняется."
        return TemplateFault(spot.place, message, "Перенесите её в текст документа.")
    if not tag.is_block:
        return None
    if not spot.takes_blocks:
        return TemplateFault(
            spot.place,
            f"вместо метки {tag.written} ставится таблица или несколько абзацев.",
            "Перенесите её в отдельный абзац текста, вне таблиц, колонтитулов и надписей.",
        )
    if len(mentions(text)) == 1 and not TAG.sub("", text).strip():
        return None
    return TemplateFault(
        spot.place,
        f"рядом с меткой {tag.written} стоит другой текст – «{text.strip()[:60]}».",
        "Оставьте её в абзаце одну.",
    )


def _broken(text: str, spot: Spot) -> list[TemplateFault]:
    """A tag that is opened and not closed, or the other way round."""
    bare = TAG.sub(lambda found: " " * len(found[0]), text)
    found = []
    for brackets, told in (("[[", "метка открыта и не закрыта"), ("]]", "метка не открыта")):
        place = bare.find(brackets)
        if place >= 0:
            where = _around(text, place, place + 2)
            hint = "Метка пишется в одном абзаце: [[название]]."
            found.append(TemplateFault(spot.place, f"{told} – «{where}».", hint))
    return found


def _no_tags() -> TemplateFault:
    return TemplateFault(
        "весь файл",
        "в нём нет ни одной метки [[…]].",
        "Возьмите пример шаблона и список меток этого вида документа.",
    )


def _around(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _NEAR), min(len(text), end + _NEAR)
    before, after = "…" if left else "", "…" if right < len(text) else ""
    return f"{before}{text[left:right]}{after}"
