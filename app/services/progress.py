"""How a long use case tells where it is and learns that the user wants it to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Given to every use case that may take longer than half a second."""

    def report(self, done: int, total: int, text: str) -> None:
        """Say that ``done`` of ``total`` steps are over; ``text`` is Russian, for the person.

        ``total`` 0 means that the length is not known.
        """

    def check(self) -> None:
        """Raise ``errors.Cancelled`` when the user asked to stop."""


class NoProgress:
    """Progress for callers that neither show nor cancel."""

    def report(self, done: int, total: int, text: str) -> None:
        """Ignore the report."""

    def check(self) -> None:
        """Never cancel."""
