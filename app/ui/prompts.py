"""The one door to dialogs: messages, questions, file choices and our own dialogs pass through it.

The door itself is ``qt_door``, put in place after the first paint.  A test puts another one in
place and fails when a dialog opens that it did not expect.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # Names only: this module is loaded before the first paint, and each class of Qt costs time.
    from PySide6.QtWidgets import QDialog, QWidget

    from app.errors import UserError
    from app.ui.door import Door


class Question(NamedTuple):
    """A question with two answers; the buttons say what happens, never «Да» and «Нет»."""

    title: str
    text: str
    accept: str
    """Label of the button that does it."""
    refuse: str = "Отмена"
    details: str = ""
    dangerous: bool = False
    """The refusing button is the default one."""


_door: list[Door] = []


def has_door() -> bool:
    """Return True when dialogs can be shown."""
    return bool(_door)


def use_door(door: Door | None) -> Door | None:
    """Put ``door`` in place and return the one that stood there."""
    old = _door[0] if _door else None
    _door[:] = [] if door is None else [door]
    return old


def inform(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """Show a message with one button."""
    _door[0].inform(parent, title, text, details)


def report(parent: QWidget | None, error: UserError) -> None:
    """Show a failure that the person can mend, with the next step."""
    _door[0].report(parent, error)


def ask(parent: QWidget | None, question: Question) -> bool:
    """Return True when the person chose the accepting answer."""
    return _door[0].ask(parent, question)


def ask_text(parent: QWidget | None, title: str, label: str, text: str = "") -> str | None:
    """Return a line of text, or None when the person changed their mind."""
    return _door[0].ask_text(parent, title, label, text)


def open_files(parent: QWidget | None, title: str, filters: str) -> tuple[Path, ...]:
    """Return chosen files; ``filters`` as Qt writes them: «Таблицы (*.xlsx *.xls);;Все (*)»."""
    return _door[0].open_files(parent, title, filters)


def open_folder(parent: QWidget | None, title: str) -> Path | None:
    """Return a chosen folder, or None."""
    return _door[0].open_folder(parent, title)


def save_file(parent: QWidget | None, title: str, proposed: Path, filters: str) -> Path | None:
    """Return where to write, or None; overwriting was confirmed by the system's dialog."""
    return _door[0].save_file(parent, title, proposed, filters)


def run(dialog: QDialog) -> bool:
    """Show a dialog of our own as a modal one; True when it was accepted."""
    return _door[0].run(dialog)


def reveal(path: Path) -> None:
    """Open a file or folder with the program that the system has for it."""
    _door[0].reveal(path)
