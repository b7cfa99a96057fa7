"""The commands by name; only the one that is asked for is imported, with the services it needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import cast

from app.cli.doors import Command

_MODULES = {
    "demo": "app.cli.demo",
    "today": "app.cli.today",
    "import": "app.cli.import_files",
    "classify": "app.cli.classify",
    "methodology": "app.cli.methodology",
    "scales": "app.cli.scales",
    "office": "app.cli.office",
    "export": "app.cli.export",
    "documents": "app.cli.documents",
    "copy": "app.cli.copying",
    "cards": "app.cli.cards",
    "outline": "app.cli.outline",
    "texts": "app.cli.texts",
    "templates": "app.cli.templates",
    "forms": "app.cli.forms",
    "board": "app.cli.board",
    "return-file": "app.cli.return_file",
    "undo": "app.cli.undo",
    "quarantine": "app.cli.quarantine",
    "answers": "app.cli.answers",
    "days": "app.cli.days",
    "layouts": "app.cli.layouts",
    "mapping": "app.cli.mapping",
    "check": "app.cli.check",
    "backup": "app.cli.backup",
    "restore": "app.cli.restore",
    "screenshots": "app.cli.screenshots",
}
"""In the order of the help.  Imported by name: a frozen program must be told to take them in."""

COMMANDS = tuple(_MODULES)


def commands_of(words: Sequence[str]) -> tuple[Command, ...]:
    """Return the commands that ``words`` may ask for: those that occur among them, else all."""
    named = [name for name in COMMANDS if name in words]
    return tuple(cast(Command, import_module(_MODULES[name])) for name in named or COMMANDS)
