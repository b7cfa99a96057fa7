"""The way out of a damaged database: a backup that takes its place, chosen before it is open."""

from __future__ import annotations

from pathlib import Path

from app.errors import DatabaseDamaged
from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.backups.dialog import BackupsDialog


def choose_copy(context: Context, database: Path, error: DatabaseDamaged) -> Path | None:
    """Tell of the damage and return the backup to put in place, or None to leave the program."""
    question = prompts.Question(
        title="База не открывается",
        text=error.message,
        accept="Выбрать копию…",
        refuse="Закрыть программу",
        details="Данные можно вернуть из резервной копии. Этот файл не изменён.",
    )
    if not prompts.ask(context.window, question):
        return None
    dialog = BackupsDialog(context, database, rescue=True)
    prompts.run(dialog)
    dialog.leave()
    chosen = dialog.chosen
    dialog.deleteLater()
    return chosen
