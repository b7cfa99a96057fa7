"""The programme builder: an outline of blocks over the data of a programme, printed whole."""

from app.services.documents.programme.checking import ProgrammeFinding, check_document
from app.services.documents.programme.keeping import KeptFacts
from app.services.documents.programme.kinds import BLOCK_KINDS, BlockKind
from app.services.documents.programme.offers import Offers, offers
from app.services.documents.programme.outline import (
    add_block,
    change_block,
    move_block,
    outline,
    remove_block,
    start_from,
)
from app.services.documents.programme.presets import preset, presets
from app.services.documents.programme.service import build_programme, newest_programme
from app.services.documents.programme.types import (
    Edited,
    Empty,
    OutlineBlock,
    Preset,
    PresetBlock,
    ProgrammeDraft,
)

__all__ = [
    "BLOCK_KINDS",
    "BlockKind",
    "Edited",
    "Empty",
    "KeptFacts",
    "Offers",
    "OutlineBlock",
    "Preset",
    "PresetBlock",
    "ProgrammeDraft",
    "ProgrammeFinding",
    "add_block",
    "build_programme",
    "change_block",
    "check_document",
    "move_block",
    "newest_programme",
    "offers",
    "outline",
    "preset",
    "presets",
    "remove_block",
    "start_from",
]
