"""What stands behind ``prompts``: Qt in the program, a script in tests, a camera for pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QWidget

from app.errors import UserError
from app.ui.prompts import Question


class Door(Protocol):
    """What the window may ask of a person."""

    def inform(self, parent: QWidget | None, title: str, text: str, details: str) -> None:
        """Show a message with one button."""

    def report(self, parent: QWidget | None, error: UserError) -> None:
        """Show what went wrong and what to do."""

    def ask(self, parent: QWidget | None, question: Question) -> bool:
        """Return True for the accepting answer."""

    def ask_text(self, parent: QWidget | None, title: str, label: str, text: str) -> str | None:
        """Return the line that was entered, or None."""

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> tuple[Path, ...]:
        """Return the chosen existing files; empty when the person changed their mind."""

    def open_folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Return the chosen folder, or None."""

    def save_file(
        self, parent: QWidget | None, title: str, proposed: Path, filters: str
    ) -> Path | None:
        """Return where to write, or None; an existing file was confirmed by the person."""

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog of our own and return True when it was accepted."""

    def reveal(self, path: Path) -> None:
        """Open a file or folder with the program that the system has for it."""
