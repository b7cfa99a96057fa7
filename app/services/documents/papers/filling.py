"""Filling the tags of a sentence: what is not known becomes a blank and is noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.errors import ResourceError
from app.services.documents.language import typeset
from app.services.documents.papers.naming import named_once

_TAG = re.compile(r"\{([^{}]*)\}")
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass
class Filler:
    """Fills sentences of one paper; ``blanks`` collects the titles of what was not given.

    ``values`` are the texts by tag, ``titles`` the Russian names of the tags that a person may
    leave empty, ``lines`` what is printed instead; ``named`` is the title of the programme, said
    without the word that already stands before it; ``unsaid`` are tags for which nothing was given
    on purpose, with the sentence that is said in place of one that has the tag.
    """

    paper: str
    values: Mapping[str, str]
    titles: Mapping[str, str]
    lines: Mapping[str, str]
    named: str = ""
    unsaid: Mapping[str, str] = field(default_factory=dict)
    blanks: list[str] = field(default_factory=list)

    def __call__(self, sentence: str) -> str:
        """Return the sentence with its tags filled and typeset."""
        for tag, instead in self.unsaid.items():
            if f"{{{tag}}}" in sentence:
                sentence = instead
        filled = _TAG.sub(lambda match: self._value(match.group(1)), sentence)
        # A sentence may end with initials or a date: one full stop, not two.
        return typeset(_TWO_STOPS.sub(".", named_once(filled, self.named)))

    def _value(self, tag: str) -> str:
        given = self.values.get(tag, "")
        if given:
            return given
        if tag not in self.titles:
            known = ", ".join(f"{{{name}}}" for name in sorted({*self.values, *self.titles}))
            raise ResourceError(
                f"В тексте документа «{self.paper}» неизвестная метка {{{tag}}}.",
                f"Есть метки: {known}.",
            )
        if self.titles[tag] not in self.blanks:
            self.blanks.append(self.titles[tag])
        return self.lines[tag]
