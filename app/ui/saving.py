"""A finished document into the file or files that the person names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services import documents
from app.services.documents import Content
from app.ui import prompts
from app.ui.context import Context
from app.ui.folders import documents_folder

_FILTERS = {".pdf": "Документ PDF (*.pdf)", ".docx": "Документ Word (*.docx)"}


class Saving(QObject):
    """Asks for the name, writes in the worker, offers to open; lives as long as its owner."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner

    def ask(self, content: Content, endings: tuple[str, ...]) -> None:
        """Write the document with each of the endings, all of the files or none."""
        first = endings[0]
        proposed = documents_folder() / (documents.file_name(content) + first)
        named = prompts.save_file(self._owner, "Сохранить документ", proposed, _FILTERS[first])
        if named is None:
            return
        paths = tuple(with_ending(named, ending) for ending in endings)
        if self._may_replace(named, paths):
            task = self._context.tasks.files.call(
                "Запись документа", documents.write_all, content, paths
            )
            task.done.connect(self._on_saved)

    def _may_replace(self, named: Path, paths: tuple[Path, ...]) -> bool:
        """Ask about files that the system's dialog could not ask about: their names are ours."""
        there = [path.name for path in paths if path != named and path.exists()]
        if not there:
            return True
        question = prompts.Question(
            "Файл уже есть",
            f"В этой папке уже есть {', '.join(f'«{name}»' for name in there)}.",
            "Заменить",
            dangerous=True,
        )
        return prompts.ask(self._owner, question)

    def _on_saved(self, paths: tuple[Path, ...]) -> None:
        names = "\n".join(str(path) for path in paths)
        word = "Файл записан" if len(paths) == 1 else "Файлы записаны"
        question = prompts.Question("Документ сохранён", f"{word}: {names}", "Открыть", "Закрыть")
        if prompts.ask(self._owner, question):
            prompts.reveal(paths[0])


def with_ending(named: Path, ending: str) -> Path:
    """Return the name with that ending; one of our own endings gives way to it."""
    if named.suffix.casefold() == ending:
        return named
    stem = named.stem if named.suffix.casefold() in _FILTERS else named.name
    return named.with_name(stem + ending)
