"""Makes the order in the worker whenever its data change, and keeps the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.services import documents
from app.services.changes import ChangeSet, Topic
from app.services.documents import (
    BasedOn,
    Choices,
    Difference,
    DocumentRow,
    ProgrammeRequest,
    Request,
    choices,
)
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.requisites import Requisites
from app.ui.pages.documents import drawing
from app.ui.pages.documents.cards import CardsPrinter
from app.ui.pages.documents.differences_dialog import DifferencesDialog
from app.ui.pages.documents.drafts import Drafts
from app.ui.pages.documents.drawing import OfficeMissingError, Shown
from app.ui.pages.documents.looking_over import LookingOver, Wording
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.sign_dialog import SignDialog
from app.ui.printing import Printing
from app.ui.saving import Saving
from app.ui.tasks.task import Task

_MADE_FROM = frozenset(Topic) - {Topic.DOCUMENTS, Topic.IMPORTS}
_SCANS = "Сканы и подписи (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.sig *.p7s *.zip)"
_FAULT = (
    "Помешала ошибка программы; она записана в журнал. Введённое осталось в полях: измените их "
    "или выберите другой вид документа."
)
_REPLACE = prompts.Question(
    "Поля уже заполнены",
    "В полях этого вида документа уже что-то введено. Заменить введённое?",
    "Заменить",
    "Оставить",
)


class DocumentsPresenter(QObject):
    """Connects the page to the services; lives as long as the page."""

    programme_wanted = Signal(object)
    """Put this programme together block by block; None for the newest."""

    def __init__(self, context: Context, page: DocumentsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._shown: Shown | None = None
        self._making: Task | None = None
        self._stale = True
        self._office_missing = False
        self._request: Request | None = None
        """What is being made now."""
        self._made_with: Request | None = None
        """What the document on the screen was asked for with; None for one of the register."""
        self._wish: Callable[[], None] | None = None
        """What to do with the paper that is on its way to the screen."""
        self._registering: Request | None = None
        """What the document on its way to the register was asked for with."""
        self._writing: Task | None = None
        self._opening: Task | None = None
        """Brings a paper over the form's own one."""
        self._stored: int | None = None
        """The paper of the register on the screen."""
        self._entered: int | None = None
        """The row that was written just now, to be chosen once it is listed."""
        self._based: tuple[str, tuple[str, ...]] = ("", ())
        """A kind whose form was filled from another paper, and what to look at there."""
        self._requisites = Requisites(context, page)
        self._saving = Saving(context, page)
        self._printing = Printing(context, page)
        self._cards = CardsPrinter(context, page)
        self._looking = LookingOver(context, page)
        self._wording = Wording(context, page)
        self._drafts = Drafts(context, page)
        self._connect()
        self._load_register()

    def _connect(self) -> None:
        page = self._page
        page.entered.connect(self._on_entered)
        page.request_changed.connect(self._on_form)
        page.office_wanted.connect(self._requisites.ask)
        page.next_step_wanted.connect(self._on_next_step)
        page.save_wanted.connect(self._on_save)
        page.print_wanted.connect(self._on_print)
        page.cards_wanted.connect(self._on_cards)
        page.programme_wanted.connect(self._on_programme)
        page.register_wanted.connect(self._on_register)
        page.stored_wanted.connect(self._on_stored_wanted)
        page.draft_wanted.connect(self._make)
        page.wording_wanted.connect(self._on_wording)
        page.sign_wanted.connect(self._on_sign)
        page.revoke_wanted.connect(self._on_revoke)
        page.number_wanted.connect(self._on_number)
        page.compare_wanted.connect(self._on_compare)
        page.amend_wanted.connect(self._on_amend)
        page.base_wanted.connect(self._on_base)
        page.attach_wanted.connect(self._on_attach)
        self._context.year_changed.connect(self._on_year)
        self._context.bus.changed.connect(self._on_changed)

    # The order on the screen.

    def _on_entered(self) -> None:
        self._drafts.recall()
        if self._stale:
            self._load_choices()

    def _load_choices(self) -> None:
        """Read what the forms let choose from, and then make the document."""
        task = self._context.tasks.database.call(
            "Чтение школ и программ", choices, self._context.workspace, quiet=True
        )
        task.done.connect(self._on_choices)

    def _on_choices(self, listed: Choices) -> None:
        self._page.offer(listed)
        self._drafts.fill()
        if self._opening is not None or self._stored is not None:
            return
        self._make()

    def _on_form(self) -> None:
        self._make()

    def _on_year(self) -> None:
        self._outdate()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.topics & _MADE_FROM:
            self._outdate()
        if Topic.DOCUMENTS in changes.topics:
            self._load_register()
            self._looking.look_again()

    def _outdate(self) -> None:
        self._stale = True
        if self._page.isVisible():
            self._load_choices()

    def _make(self) -> None:
        """Make the paper of the form; one that stood over it goes."""
        self._stale = False
        self._drop_tasks()
        if self._stored is not None:
            self._page.keep.setEnabled(False)  # what is still on the screen is not of the form
        self._stored = None
        year = self._context.year
        if year is None:
            self._show_nothing(
                "Документов пока нет",
                "Приказ составляется по результатам школ. Сначала загрузите их файлы.",
                "Загрузить файлы…",
            )
            return
        request = self._page.current_form().request(year)
        if request is None:
            self._show_nothing(
                "Программ пока нет",
                "Создайте программу на вкладке «Программа» или загрузите её таблицы из Word.",
                "",
            )
            return
        self._request = request
        self._making = self._context.tasks.database.call(
            "Составление документа", drawing.make, self._context.workspace, request, quiet=True
        )
        self._making.done.connect(self._on_made)
        self._making.failed.connect(self._on_not_made)

    def _drop_tasks(self) -> None:
        """Drop the papers on their way: another one is wanted now."""
        for task in (self._making, self._opening):
            if task is not None:
                task.abandon()
        self._making = self._opening = None

    def _hurry(self) -> None:
        """What was typed a moment ago counts; not for a paper that stands over the form's own."""
        if self._stored is None:
            self._page.hurry_form()

    def _once_shown(self, wish: Callable[[], None]) -> None:
        """Do it with the paper that the fields say now: what is on its way comes first."""
        self._hurry()
        if self._making is None and self._opening is None:
            wish()
        else:
            self._wish = wish

    def _show_nothing(self, heading: str, sentence: str, button: str) -> None:
        """Say why there is no document; what was found in the one before goes with it."""
        self._shown = self._wish = None
        self._looking.forget()
        self._page.show_empty(heading, sentence, button)

    def _on_made(self, shown: Shown) -> None:
        self._making = None
        self._office_missing = False
        self._made_with = self._request
        kind, notes = self._based
        if self._page.current_form().kind == kind:
            shown = shown._replace(remarks=(*notes, *shown.remarks))
        self._show(shown, f"{self._context.year} год, страниц: {len(shown.sizes)}")

    def _on_not_made(self, error: Exception) -> None:
        self._making = None
        if not isinstance(error, UserError):
            # The window has told of the bug; the pages of another request must not stay over it.
            self._show_nothing("Документ не составлен", _FAULT, "")
            return
        self._office_missing = isinstance(error, OfficeMissingError)
        button = "Заполнить реквизиты…" if self._office_missing else ""
        self._show_nothing("Документ пока не составить", str(error), button)

    def _show(self, shown: Shown, note: str, *, stored: bool = False) -> None:
        self._shown = shown
        self._page.show_document(shown.pdf, shown.sizes, shown.remarks, note, stored=stored)
        self._page.let_go_back(self._stored is not None)
        if self._writing is not None:
            self._page.keep.setEnabled(False)
        self._looking.look(shown.content, shown.places, self._made_with)
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def _on_next_step(self) -> None:
        if self._office_missing:
            self._requisites.ask()
        else:
            self._context.import_wanted.emit(())

    # Files.

    def _on_save(self, endings: tuple[str, ...]) -> None:
        self._once_shown(partial(self._save, endings))

    def _save(self, endings: tuple[str, ...]) -> None:
        if self._shown is not None:
            self._saving.ask(self._shown.content, endings)

    def _on_print(self) -> None:
        self._once_shown(self._print)

    def _print(self) -> None:
        shown = self._shown
        if shown is not None:
            self._printing.ask(shown.content.title, shown.pdf, shown.sizes)

    def _on_cards(self) -> None:
        self._cards.ask()

    def _on_wording(self) -> None:
        """Word the paper of the form; over one of the register the form's own comes back first."""
        if self._made_with is None:
            self._make()
        if self._context.year is not None:
            self._wording.ask(self._context.year)

    def _on_programme(self) -> None:
        request = self._page.current_form().request(self._context.year or 0)
        self.programme_wanted.emit(
            request.programme_id if isinstance(request, ProgrammeRequest) else None
        )

    # The register.

    def _load_register(self) -> None:
        task = self._context.tasks.database.call(
            "Чтение реестра документов", documents.list_documents, self._context.workspace
        )
        task.done.connect(self._on_listed)

    def _on_listed(self, rows: Sequence[DocumentRow]) -> None:
        """Show the register, and what became of its paper that is on the screen."""
        before = self._numbered()
        self._page.show_register(rows)
        if self._entered is not None and self._page.table.select_key(self._entered):
            self._entered = None
        if self._stored is None:
            return
        after = self._numbered()
        if after is None:
            self._make()  # it was taken back out of the register
        elif before is not None and before != after and self._opening is None:
            self._on_stored_wanted(self._stored)  # its number was given, or taken back

    def _numbered(self) -> tuple[str, date | None] | None:
        """Return number and date of the paper of the register on the screen; None without one."""
        listed = self._page.model.all_rows()
        return next(((row.number, row.date) for row in listed if row.id == self._stored), None)

    def _on_register(self) -> None:
        """Write the paper as its fields say now; a second press meanwhile writes nothing.

        One whose fields were changed a moment ago is not drawn yet: it is made to be written.
        """
        if self._writing is not None:
            return
        self._hurry()
        if self._shown is None:
            return  # the fields describe no paper any more, which the page tells
        self._page.keep.setEnabled(False)
        drawn = self._making is None
        self._registering = self._made_with if drawn else self._request
        self._writing = self._context.tasks.database.call(
            "Запись в реестр",
            drawing.register,
            self._context.workspace,
            self._shown.content if drawn else None,
            self._registering,
        )
        self._writing.done.connect(self._on_registered)
        self._writing.failed.connect(self._on_not_registered)
        self._writing.cancelled.connect(self._on_not_registered)

    def _on_not_registered(self, _error: Exception | None = None) -> None:
        """Let it be tried again; the window has told why it failed."""
        self._writing = self._registering = None
        self._page.keep.setEnabled(self._shown is not None and self._stored is None)

    def _on_registered(self, outcome: tuple[DocumentRow, ChangeSet]) -> None:
        """Show the registered document: the form describes the next one from now on."""
        row, changes = outcome
        request, self._registering = self._registering, None
        self._writing = None
        self._based = ("", ())
        self._drafts.note_written(request)
        # The next step, signing, is for this row.
        self._entered = row.id
        self._context.bus.publish(changes)
        self._on_stored_wanted(row.id)

    def _on_stored_wanted(self, document_id: int) -> None:
        task = self._context.tasks.database.call(
            "Открытие документа", drawing.stored, self._context.workspace, document_id
        )
        task.done.connect(self._on_stored)
        self._bring(task)

    def _bring(self, task: Task) -> None:
        """A paper that is not the form's comes, and stays until the person turns back.

        The form goes on describing the new paper: its next change brings that one back.
        """
        self._drop_tasks()
        self._page.calm_forms()
        self._page.keep.setEnabled(False)
        self._stale = True
        self._opening = task
        task.failed.connect(self._on_not_brought)
        task.cancelled.connect(self._on_not_brought)

    def _on_not_brought(self, _error: Exception | None = None) -> None:
        """Show the form's own paper; the window has told why the other one did not come."""
        self._make()

    def _on_stored(self, brought: tuple[int, Shown]) -> None:
        self._opening = self._made_with = None
        self._stored, shown = brought
        self._show(shown, "Документ из реестра, как он был записан", stored=True)

    def _row(self, document_id: int) -> DocumentRow:
        return next(row for row in self._page.model.all_rows() if row.id == document_id)

    def _on_sign(self, document_id: int) -> None:
        dialog = SignDialog(self._row(document_id), self._page)
        if prompts.run(dialog):
            task = self._context.tasks.database.call(
                "Отметка о подписании",
                documents.sign,
                self._context.workspace,
                document_id,
                *dialog.values(),
            )
            self._publish(task)

    def _on_number(self, document_id: int) -> None:
        dialog = SignDialog(self._row(document_id), self._page, registering=True)
        if prompts.run(dialog):
            task = self._context.tasks.database.call(
                "Регистрация документа",
                documents.enter,
                self._context.workspace,
                document_id,
                *dialog.values(),
            )
            self._publish(task)

    def _on_compare(self, document_id: int) -> None:
        task = self._context.tasks.database.call(
            "Сравнение с данными", documents.changed_data, self._context.workspace, document_id
        )
        task.done.connect(self._on_compared)

    def _on_compared(self, found: tuple[Difference, ...]) -> None:
        prompts.run(DifferencesDialog(found, self._page))

    def _on_amend(self, document_id: int) -> None:
        task = self._context.tasks.database.call(
            "Составление изменений", drawing.amending, self._context.workspace, document_id
        )
        task.done.connect(self._on_based)

    def _on_base(self, document_id: int) -> None:
        year = self._context.year or self._row(document_id).year
        task = self._context.tasks.database.call(
            "Чтение документа", documents.based_on, self._context.workspace, document_id, year
        )
        task.done.connect(self._on_based)

    def _on_based(self, based: BasedOn) -> None:
        """Let the form of the kind begin with what another paper says."""
        form = self._page.form_of(based.request)
        if form.is_touched() and not prompts.ask(self._page, _REPLACE):
            return
        self._based = (form.kind, based.notes)
        self._page.take(based.request)

    def _on_attach(self, document_id: int) -> None:
        for path in prompts.open_files(self._page, "Приложить скан или подпись", _SCANS):
            self._publish(
                self._context.tasks.database.call(
                    "Запись файла", documents.attach, self._context.workspace, document_id, path
                )
            )

    def _on_revoke(self, document_id: int) -> None:
        question = prompts.Question(
            "Отмена документа",
            "Отметить документ отменённым? Он останется в реестре вместе со своим текстом.",
            "Отменить документ",
            "Оставить",
            dangerous=True,
        )
        if prompts.ask(self._page, question):
            self._publish(
                self._context.tasks.database.call(
                    "Отмена документа", documents.cancel, self._context.workspace, document_id
                )
            )

    def _publish(self, task: Task) -> None:
        task.done.connect(self._context.bus.publish)
