"""The filters of the page: what is chosen, which results it lets through, how it is remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.models.enums import AssessmentKind
from app.ui.pages.results.columns import ResultLine
from app.ui.state import WindowState
from app.ui.widgets.bars import Choice, FilterBar

Chosen = dict[str, Any]
"""Value of each filter by name; None lets everything through."""


class Filters:
    """The choices in the bar; the list and the analysis keep a selection each."""

    def __init__(self, bar: FilterBar) -> None:
        self.year = bar.add_choice("Год", "Все годы")
        self.kind = bar.add_choice("Процедура", "Все процедуры")
        self.kind.offer([(kind.value, kind) for kind in AssessmentKind])
        self.subject = bar.add_choice("Предмет", "Все предметы")
        self.grade = bar.add_choice("Класс", "Все классы")
        self.school = bar.add_choice("Школа", "Все школы")
        self.low = bar.add_choice("Уровень", "Любой уровень")
        self.low.offer([("Только низкие", True)])
        self.by_name: dict[str, Choice] = {
            "kind": self.kind,
            "subject": self.subject,
            "grade": self.grade,
            "school": self.school,
            "low": self.low,
        }

    def offer(self, lines: Sequence[ResultLine]) -> None:
        """Fill the lists with what the lines hold; chosen values stay if they are still there."""
        self.subject.offer(_named({line.row.subject for line in lines}))
        self.grade.offer([(f"{n} класс", n) for n in sorted({line.row.grade for line in lines})])
        schools = {line.row.school_id: (line.place, line.row.school) for line in lines}
        by_place = sorted(schools.items(), key=lambda item: item[1])
        self.school.offer([(name, school) for school, (_, name) in by_place])

    def accepts(self, line: ResultLine) -> bool:
        """Return whether a result passes every filter but that of the year."""
        row = line.row
        pairs = (
            (self.kind.value(), row.kind),
            (self.subject.value(), row.subject),
            (self.grade.value(), row.grade),
            (self.school.value(), row.school_id),
            (self.low.value(), line.mark is not None),
        )
        return all(wanted is None or wanted == found for wanted, found in pairs)

    @property
    def active(self) -> bool:
        """Whether any filter but that of the year is set."""
        return any(choice.value() is not None for choice in self.by_name.values())

    def clear(self) -> None:
        """Let everything through; the year stays."""
        self.choose({})

    def chosen(self) -> Chosen:
        """Return the selection, without the year."""
        return {name: choice.value() for name, choice in self.by_name.items()}

    def choose(self, chosen: Chosen) -> None:
        """Set the selection; a value that is not offered chooses «all»."""
        for name, choice in self.by_name.items():
            choice.choose(chosen.get(name))

    def text(self) -> str:
        """Return what is chosen, as a note above a table: «2025; ВПР; Математика»."""
        choices = (self.year, *self.by_name.values())
        return "; ".join(c.currentText() for c in choices if c.value() is not None)


def remembered(state: WindowState, key: str) -> Chosen:
    """Return what was stored under a key; nothing when it cannot be read."""
    try:
        stored = json.loads(state.text(key) or "{}")
    except ValueError:
        return {}  # another version of the program may have written it otherwise
    return dict(stored) if isinstance(stored, dict) else {}


def remember(state: WindowState, key: str, chosen: Chosen) -> None:
    """Store a selection or a layout between starts."""
    state.put(key, json.dumps(chosen, ensure_ascii=False))


def _named(names: set[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(names)]
