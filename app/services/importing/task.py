"""What a child is told of a file: beside its bytes, all that a person said of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.importing import packing
from app.services.importing.correcting import Cells
from app.services.scales import Scales

if TYPE_CHECKING:
    from app.services.importing.mapped import TableMap

packing.be_used()


@dataclass(frozen=True, slots=True)
class KnownMapping:
    """A stored mapping with the title that the person gave it."""

    title: str
    body: TableMap


@dataclass(frozen=True, slots=True)
class BookTask:
    """What the child must know of a file beside its bytes."""

    path: str
    size: int
    sha256: str
    copy: Path
    """The staged copy; one without personal columns is put beside it."""
    notes: tuple[str, ...] = ()
    """Russian sentences about what the file was found to be."""
    cells: Cells = field(default_factory=dict)
    """Corrections by hand, put over the cells before a layout reads them."""
    mappings: Mapping[str, KnownMapping] = field(default_factory=dict)
    """What a person said of unknown tables, by fingerprint."""
    scales: Scales | None = None
    """Of the office, where it has written any: they take long to send."""
    folder: str = ""
    """Name of the folder that was brought in, which ``path`` does not have; empty for none."""
