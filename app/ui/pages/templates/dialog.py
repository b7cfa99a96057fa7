"""The dialog «Тексты и шаблоны документов»: every change is stored at once and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout

from app.errors import UserError
from app.services import documents, settings
from app.services.changes import ChangeSet, Topic
from app.services.documents import DocumentRow, TemplateRow, TextRow
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.help_button import HelpButton
from app.ui.dialogs.tabbed import TabbedDialog
from app.ui.pages.templates.document_choice import DocumentChoice
from app.ui.pages.templates.templates_pane import TemplatesPane
from app.ui.pages.templates.terms_pane import SHOWN, TermsPane
from app.ui.pages.templates.texts_pane import TextsPane
from app.ui.tasks import Task
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size

_SIZE = (1220, 660)
_WORD = "Документы Word (*.docx)"
_PDF = "PDF (*.pdf)"
_TEXTS = "Тексты документов (*.json)"
TITLE = "Тексты и шаблоны документов"


class _Lists(NamedTuple):
    texts: tuple[TextRow, ...]
    templates: tuple[TemplateRow, ...]
    values: Mapping[str, Any]
    documents: tuple[DocumentRow, ...]


class TemplatesDialog(TabbedDialog):
    """Knows the services; its panes only tell what the person wants."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self._reading: Task | None = None
        self._documents: tuple[DocumentRow, ...] = ()
        self.setWindowTitle(TITLE)
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        state = self._context.state
        self.texts = TextsPane(state)
        self.templates = TemplatesPane(documents.template_kinds(), state)
        self.terms = TermsPane()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.texts, "Тексты")
        self.tabs.addTab(self.templates, "Шаблоны Word")
        self.tabs.addTab(self.terms, "Термины и стандарт")
        self.leave_button = QPushButton("Закрыть")
        self.leave_button.setAutoDefault(False)  # Enter in a search field must close nothing
        buttons = QHBoxLayout()
        self.about = HelpButton(self, "templates", TITLE)
        buttons.addWidget(self.about)
        buttons.addStretch()
        buttons.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.texts.editor.save_wanted.connect(self._on_save_text)
        self.texts.editor.restore_wanted.connect(self._on_restore_text)
        self.texts.export_wanted.connect(self._on_export)
        self.texts.import_wanted.connect(self._on_import)
        self.templates.add_wanted.connect(self._on_add)
        self.templates.example_wanted.connect(self._on_example)
        self.templates.replace_wanted.connect(self._on_replace)
        self.templates.save_wanted.connect(self._on_save_file)
        self.templates.rename_wanted.connect(self._on_rename)
        self.templates.remove_wanted.connect(self._on_remove)
        self.templates.fill_wanted.connect(self._on_fill)
        self.terms.chosen.connect(self._on_term)
        self.leave_button.clicked.connect(self.accept)

    def leave(self) -> None:
        """Remember the columns and drop what is still on its way."""
        for table in (self.texts.table, self.templates.table, self.templates.tags):
            table.save_state()
        if self._reading is not None:
            self._reading.abandon()

    def _load(self) -> None:
        self._reading = self._context.tasks.database.call(
            "Читаю тексты и шаблоны", _read, self._context.workspace
        )
        self._reading.done.connect(self._on_loaded)

    def _on_loaded(self, lists: _Lists) -> None:
        self._reading = None
        self._documents = lists.documents
        self.texts.show_rows(lists.texts)
        self.templates.show_rows(lists.templates)
        self.terms.show_values(lists.values)

    # Sentences.

    def _on_save_text(self, key: str, text: str) -> None:
        self._store("Сохраняю текст", documents.save_text, key, text)

    def _on_restore_text(self, key: str) -> None:
        self._store("Возвращаю текст", documents.restore_text, key)

    def _on_export(self) -> None:
        path = prompts.save_file(self, "Тексты документов", Path("тексты документов.json"), _TEXTS)
        if path is not None:
            self._write("Записываю тексты", documents.export_texts, path)

    def _on_import(self) -> None:
        chosen = prompts.open_files(self, "Тексты документов", _TEXTS)
        if chosen:
            self._store("Принимаю тексты", _take, chosen[0])

    def _on_term(self, setting: settings.Setting[str], value: str) -> None:
        self._store("Сохраняю настройку", settings.put, setting, value)

    # Templates.

    def _on_add(self, kind: str) -> None:
        chosen = prompts.open_files(self, "Шаблон Word", _WORD)
        if not chosen:
            return
        title = prompts.ask_text(self, "Шаблон Word", "Название шаблона", chosen[0].stem)
        if title is not None:
            self._store("Принимаю шаблон", documents.add_template, title, kind, chosen[0])

    def _on_replace(self, row: TemplateRow) -> None:
        chosen = prompts.open_files(self, f"Новый файл шаблона «{row.title}»", _WORD)
        if chosen:
            self._store("Заменяю шаблон", documents.replace_template, row.id, chosen[0])

    def _on_rename(self, row: TemplateRow) -> None:
        title = prompts.ask_text(self, "Шаблон Word", "Название шаблона", row.title)
        if title is not None:
            self._store("Переименовываю шаблон", documents.rename_template, row.id, title)

    def _on_remove(self, row: TemplateRow) -> None:
        self._store("Удаляю шаблон", documents.remove_template, row.id)

    def _on_example(self, kind: str) -> None:
        name = Path(f"шаблон – {documents.template_kinds()[kind]}.docx")
        path = prompts.save_file(self, "Пример шаблона", name, _WORD)
        if path is not None:
            self._write("Записываю пример", _example, kind, path)

    def _on_save_file(self, row: TemplateRow) -> None:
        path = prompts.save_file(self, "Файл шаблона", Path(f"{row.title}.docx"), _WORD)
        if path is not None:
            self._write("Записываю шаблон", documents.save_template, row.id, path)

    def _on_fill(self, row: TemplateRow) -> None:
        fitting = tuple(one for one in self._documents if one.kind == row.kind and one.can_compare)
        if not fitting:
            prompts.inform(
                self,
                TITLE,
                f"В реестре нет документов вида «{row.kind_title}».",
                "Составьте документ на вкладке «Документы» и внесите его в реестр.",
            )
            return
        dialog = DocumentChoice(fitting, row.title, self._context.state, self)
        chosen = dialog.chosen if prompts.run(dialog) else None
        dialog.deleteLater()
        if chosen is None:
            return
        # Without LibreOffice a file of Word is all that can be made.
        kinds = f"{_WORD};;{_PDF}" if documents.find_office() else _WORD
        path = prompts.save_file(self, "Документ по шаблону", Path(f"{row.title}.docx"), kinds)
        if path is not None:
            self._write("Составляю документ", documents.write_registered, row.id, chosen.id, path)

    # Work.

    def _store(self, title: str, work: Callable[..., Any], *args: Any) -> None:
        self.templates.show_problem("")
        task = self._context.tasks.database.call(
            title, work, self._context.workspace, *args, quiet=True
        )
        task.done.connect(self._on_stored)
        task.failed.connect(self._on_refused)

    def _write(self, title: str, work: Callable[..., Any], *args: Any) -> None:
        self.templates.show_problem("")
        task = self._context.tasks.database.call(
            title, work, self._context.workspace, *args, quiet=True
        )
        task.done.connect(self._on_written)
        task.failed.connect(self._on_refused)

    def _on_stored(self, changes: ChangeSet) -> None:
        if changes.topics:
            # Papers on the screen are made of these words: they must be made anew.
            self._context.bus.publish(ChangeSet.of(*changes.topics, Topic.OFFICE))
            self._context.told.emit("Сохранено. Ctrl+Z вернёт прежнее.")
        self._load()

    def _on_written(self, result: object) -> None:
        blanks = result if isinstance(result, tuple) else ()
        told = f" Нет данных для меток: {', '.join(f'[[{one}]]' for one in blanks)}."
        self._context.told.emit(f"Файл записан.{told if blanks else ''}")

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            return
        if self.tabs.currentWidget() is self.templates:
            self.templates.show_problem(str(error))
        elif self.tabs.currentWidget() is self.texts:
            self.texts.editor.show_problem(str(error))
        else:
            prompts.report(self, error)


def _read(workspace: Workspace) -> _Lists:
    return _Lists(
        documents.list_texts(workspace),
        documents.list_templates(workspace),
        {one.key: settings.get(workspace, one) for one in SHOWN},
        documents.list_documents(workspace),
    )


def _take(workspace: Workspace, path: Path) -> ChangeSet:
    return documents.import_texts(workspace, path)[1]


def _example(_workspace: Workspace, kind: str, path: Path) -> None:
    documents.save_example(kind, path)
