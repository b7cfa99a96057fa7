"""What a layout is: how to recognise one kind of sheet and what to take from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet


def _certain(_sheet: Sheet) -> float:
    return 1.0


def up_to(confidence: float) -> Callable[[Sheet], float]:
    """Return a bound that is the same for every sheet."""
    return lambda _sheet: confidence


@dataclass(frozen=True)
class Layout:
    """How to recognise one kind of sheet and what to take from it.

    ``recognise`` returns a confidence from 0 (no) to 1 (certain) by content alone, never by the
    file's name; ``extract`` is called on a sheet that it recognised.
    """

    key: str
    title: str
    """Russian, for the person: «Реестр школ»."""
    recognise: Callable[[Sheet], float]
    extract: Callable[[Sheet], Extract]
    at_most: Callable[[Sheet], float] = _certain
    """A quick answer that ``recognise`` never exceeds: who cannot win any more is not asked."""
    traceless: bool = False
    """Whether what is stored knows no file: only reading one again tells if all is still there."""
