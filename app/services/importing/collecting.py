"""Keeps Python's cycle collector out of work that makes a hundred thousand rows and no cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """Stop the cycle collector while the block runs.

    It starts anew after some thousand new objects and looks at all those that are alive: with
    the rows of a large stick in memory that is a fifth of the time.  Memory is still freed as
    soon as nothing refers to it.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def leave_to_the_end() -> None:
    """Keep the collector from all that is there now: a command calls it when its work is done.

    On its way out the interpreter would look once more through the rows of a large stick, which
    takes half a second and frees what the system takes back a moment later.
    """
    gc.freeze()
