"""Control rules (контрольные соотношения) of records: parts and wholes, numbers and shares."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.models.enums import RecordKind
from app.services.figures import Figure, figure_title, kind_of_record, share_name
from app.services.importing.cells import expand_rows
from app.services.importing.control_rules import Rule, load_rules
from app.services.importing.counts import number_text
from app.services.importing.facts import Block, Extract, Problem, RecordFact

_SUMS: Mapping[RecordKind, tuple[tuple[str, tuple[str, ...]], ...]] = {
    RecordKind.JOURNAL: (("participants", ("lowered", "confirmed", "raised")),),
    RecordKind.PASSPORT: (("pupils", ("boys", "girls")),),
}
"""Wholes and the parts that make them up."""
_HUNDREDS: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.JOURNAL: tuple(share_name(name) for name in ("lowered", "confirmed", "raised")),
}
_KEYS = frozenset(
    {"part_within_whole", "parts_make_whole", "share_matches_count", "shares_make_hundred"}
)
_SCORE = "score_"
_EXACT = 1e-9
"""Binary fractions are not exact: 18.6 - 18 is a little more than 0.6."""
_ROUNDING = 0.005
"""Half of the last decimal of a share that is printed to two."""


@dataclass(frozen=True)
class _Spot:
    """One record in its block, and how to write a finding about its figures."""

    block: Block
    fact: RecordFact

    def number(self, name: str) -> float | None:
        value = self.fact.data.get(name)
        return float(value) if isinstance(value, (int, float)) else None

    def title(self, name: str) -> str:
        return f"«{figure_title(self.fact.kind, name)}»"

    def problem(self, key: str, message: str, *names: str) -> Problem:
        """Return a finding at the cells of the figures."""
        rule = rules()[key]
        cells = [self.block.cell(name, self.fact.rows) for name in names]
        shown = ", ".join(dict.fromkeys(cell.replace("$", "") for cell in cells if cell))
        ref = self.fact.ref
        who = (ref.name or ref.codes[0][1]) if ref and (ref.name or ref.codes) else self.fact.name
        first = expand_rows(self.fact.rows)[0]
        return Problem(
            rule.severity,
            f"«{who}»: {message}",
            rule.hint,
            self.block.sheet,
            shown or None,
            first,
            rule.key,
            rule.soft,
        )


def rules() -> dict[str, Rule]:
    """Return the control rules of records by key; ``ResourceError`` when their file is broken."""
    return load_rules("record_rules.json", _KEYS)


def check_records(extract: Extract) -> tuple[Problem, ...]:
    """Return everything that the control rules find in the records of one sheet."""
    problems: list[Problem] = []
    for block in extract.blocks:
        for fact in block.facts:
            if isinstance(fact, RecordFact):
                problems.extend(_of_record(_Spot(block, fact)))
    return tuple(problems)


def _of_record(spot: _Spot) -> Iterator[Problem]:
    for figure in kind_of_record(spot.fact.kind).figures:
        if figure.part_of is not None:
            yield from _part(spot, figure, figure.part_of)
    for whole, parts in _SUMS.get(spot.fact.kind, ()):
        yield from _sum(spot, whole, parts)
    scores = tuple(name for name in spot.fact.data if name.startswith(_SCORE))
    yield from _hundred(spot, _HUNDREDS.get(spot.fact.kind, ()) or scores)


def _part(spot: _Spot, figure: Figure, whole_name: str) -> Iterator[Problem]:
    part, whole = spot.number(figure.name), spot.number(whole_name)
    if part is None or whole is None:
        return
    if part > whole:
        text = (
            f"{spot.title(figure.name)} {number_text(part)} больше, чем "
            f"{spot.title(whole_name)} – {number_text(whole)}."
        )
        yield spot.problem("part_within_whole", text, figure.name, whole_name)
        return
    name = share_name(figure.name)
    share = spot.number(name)
    if share is None or whole <= 0:
        return
    computed = 100 * part / whole
    if abs(computed - share) > rules()["share_matches_count"].tolerance + _EXACT:
        text = (
            f"{spot.title(figure.name)} {number_text(part)} из {number_text(whole)} – это "
            f"{number_text(round(computed, 1))} %, а указано {number_text(share)} %."
        )
        yield spot.problem("share_matches_count", text, figure.name, name)


def _sum(spot: _Spot, whole_name: str, parts: tuple[str, ...]) -> Iterator[Problem]:
    numbers = [number for name in parts if (number := spot.number(name)) is not None]
    whole = spot.number(whole_name)
    if whole is None or len(numbers) < len(parts) or math.fsum(numbers) == whole:
        return
    if any(number > whole for number in numbers):
        return  # told as a part that is more than its whole
    listed = ", ".join(spot.title(name) for name in parts)
    text = (
        f"{listed} в сумме {number_text(math.fsum(numbers))}, "
        f"а {spot.title(whole_name)} – {number_text(whole)}."
    )
    yield spot.problem("parts_make_whole", text, whole_name, *parts)


def _hundred(spot: _Spot, names: tuple[str, ...]) -> Iterator[Problem]:
    shares = [share for name in names if (share := spot.number(name)) is not None]
    if not shares or len(shares) < len(names):
        return
    allowed = rules()["shares_make_hundred"].tolerance + _ROUNDING * len(shares)
    total = math.fsum(shares)
    if total and abs(total - 100) > allowed:
        text = f"доли в сумме {number_text(round(total, 2))} %, а должно быть 100 %."
        yield spot.problem("shares_make_hundred", text, names[0], names[-1])
