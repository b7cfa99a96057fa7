"""The button of a form that words the sentences of one paper, and what was written for each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QPushButton

_TITLE = "Предложения этого документа…"


class WordingButton(QPushButton):
    """Holds the own sentences paper by paper: another school of the same form says ours again.

    A paper is known by what makes it another one (year, programme, school).  Turned back to, it
    says again what was written for it: nothing typed is lost by looking at another.
    """

    def __init__(self) -> None:
        super().__init__(_TITLE)
        self.setToolTip("Изменить предложения одного этого документа")
        self._papers: dict[Hashable, dict[str, str]] = {}
        self._paper: Hashable = None

    def turn_to(self, paper: Hashable) -> None:
        """The form describes this paper now."""
        self._paper = paper
        self._tell()

    def sentences(self) -> Mapping[str, str]:
        """Return what the paper says in its own way, by the name of the sentence."""
        return dict(self._papers.get(self._paper, {}))

    def word(self, sentences: Mapping[str, str]) -> None:
        """Let the paper say these sentences in its own way."""
        self._papers[self._paper] = dict(sentences)
        self._tell()

    def held(self) -> list[list[Any]]:
        """Return what was written for every paper, as JSON: the paper and its sentences."""
        return [
            [list(paper) if isinstance(paper, tuple) else paper, dict(sentences)]
            for paper, sentences in self._papers.items()
            if sentences
        ]

    def put_held(self, held: Iterable[list[Any]]) -> None:
        """Hold what ``held`` returned, and nothing else."""
        self._papers = {
            tuple(paper) if isinstance(paper, list) else paper: dict(sentences)
            for paper, sentences in held
        }
        self._tell()

    def forget(self, paper: Hashable, written: Mapping[str, str]) -> None:
        """That paper is written with these sentences: the next of the form begins with ours.

        What was worded while it was being written is of the next one and stays.
        """
        held = self._papers.pop(paper, {})
        later = {name: text for name, text in held.items() if written.get(name) != text}
        if later:
            self._papers[paper] = later
        self._tell()

    def _tell(self) -> None:
        count = len(self._papers.get(self._paper, {}))
        self.setText(f"{_TITLE} ({count})" if count else _TITLE)
