"""The filter of the roadmap: text, who answers, school, risk factor, indicator, state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.models.enums import ActivityStatus
from app.services.roadmap import ActivityRow, GroupRow, RoadmapView
from app.ui.itemmodels.columns import folded
from app.ui.pages.roadmap.columns import names
from app.ui.widgets.bars import FilterBar

_OVERDUE = "overdue"
_MARKED = "marked"
_NONE = -1
_NO_INDICATOR = "Без показателя"


class Filters:
    """The controls of the filter bar and what they let through."""

    def __init__(self, bar: FilterBar) -> None:
        self.text = bar.add_search("Текст или ответственный", 180)
        self.state = bar.add_choice("Состояние", "Все состояния")
        self.who = bar.add_choice("Ответственный", "Все ответственные")
        self.school = bar.add_choice("Школа", "Все школы")
        self.factor = bar.add_choice("Фактор риска", "Все факторы")
        self.indicator = bar.add_choice("Показатель", "Все показатели")
        for choice, width in ((self.state, 150), (self.who, 170), (self.school, 120),
                              (self.factor, 130), (self.indicator, 140)):  # fmt: skip
            choice.setMaximumWidth(width)
        self.choices = (self.state, self.who, self.school, self.factor, self.indicator)
        self.state.offer(
            [
                ("Просрочено", _OVERDUE),
                ("Срок не понят", _MARKED),
                *((status.value.capitalize(), status) for status in ActivityStatus),
            ]
        )

    def offer(
        self, view: RoadmapView | None, factors: Mapping[str, str], indicators: Mapping[int, str]
    ) -> None:
        """Fill the choices from the rows of a roadmap; the mappings are titles by key or id."""
        rows: Sequence[ActivityRow] = view.activities if view else ()
        self.who.offer([(name, folded(name)) for name in names(rows)])
        schools = {school for row in rows for school in row.schools}
        self.school.offer([(name, key) for key, name in sorted(schools, key=lambda one: one[1])])
        used = {row.factor for row in rows if row.factor}
        used |= {row.factor for row in (view.lines if view else ()) if isinstance(row, GroupRow)}
        self.factor.offer([(factors.get(key, key), key) for key in sorted(used - {""})])
        served = {row.indicator_id for row in rows}
        shown = [(title, key) for key, title in indicators.items() if key in served]
        self.indicator.offer([(_NO_INDICATOR, _NONE), *shown] if indicators else [])
        self.indicator.setEnabled(bool(indicators))

    @property
    def active(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.text.text().strip()) or any(c.value() is not None for c in self.choices)

    def clear(self) -> None:
        """Let everything through again."""
        self.text.clear()
        for choice in self.choices:
            choice.choose(None)

    def predicate(self) -> Callable[[ActivityRow], bool] | None:
        """Return what decides on an activity, or None when nothing is filtered.

        The controls are read once: they are asked for 5,000 rows at each letter typed.
        """
        if not self.active:
            return None
        words = folded(self.text.text()).split()
        state, who = self.state.value(), self.who.value()
        school, factor = self.school.value(), self.factor.value()
        indicator = self.indicator.value()

        def accepts(row: ActivityRow) -> bool:
            return (
                all(word in row.search_key or word in row.number for word in words)
                and (state is None or _has_state(row, state))
                and (who is None or who in folded(row.responsible))
                and (school is None or not row.schools or school in dict(row.schools))
                and (factor is None or row.factor == factor)
                and (indicator is None or (row.indicator_id or _NONE) == indicator)
            )

        return accepts


def _has_state(row: ActivityRow, wanted: object) -> bool:
    if wanted == _OVERDUE:
        return row.overdue
    if wanted == _MARKED:
        return bool(row.term_problem)
    return row.status == wanted
