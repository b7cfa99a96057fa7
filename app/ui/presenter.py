"""What presenters have in common: reading what their page shows, and again when it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QObject

from app.services.changes import ChangeSet, Topic
from app.services.clock import local_today
from app.ui.context import Context
from app.ui.dialogs.storing import changes_of
from app.ui.page import Page
from app.ui.tasks import Task


class Presenter(QObject):
    """Reads what a page shows behind the window, and again whenever the data change.

    A presenter says what to read (``load``) and of what (``asked``), what to do with it (``show``),
    when to read again (``topics``), and calls ``follow`` once its page is connected.
    """

    reading: ClassVar[str]
    """Russian, what the line of tasks says meanwhile: «Читаю поддержку школ»."""
    topics: ClassVar[frozenset[Topic]]
    load: Callable[..., Any]
    """Return everything that the page shows of (workspace, *asked), in the database worker."""

    def __init__(self, page: Page, context: Context) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._was_read = False
        self._loading: Task | None = None

    def asked(self) -> tuple[Any, ...]:
        """Return what the page shows now: a year, a programme; nothing where it shows all."""
        return ()

    def show(self, loaded: Any) -> None:
        """Give the page what ``load`` returned."""
        raise NotImplementedError

    def follow(self) -> None:
        """Read, and from now on keep in step with the data."""
        self._context.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read everything again; what is still being read is waited for no more."""
        if self._loading is not None:
            self._loading.abandon()
        self._loading = self._context.tasks.database.call(
            self.reading, self.load, self._context.workspace, *self.asked()
        )
        self._loading.done.connect(self._on_loaded)

    def store(self, title: str, work: Any, *args: Any) -> Task:
        """Let the worker of the database do ``work``, and tell the pages what it changed."""
        task = self._context.tasks.database.call(title, work, self._context.workspace, *args)
        task.done.connect(self._publish)
        return task

    def _on_loaded(self, loaded: Any) -> None:
        self._loading = None
        self.show(loaded)
        if not self._was_read:
            # A page is made when it is first shown, and entered before there is anything on it.
            self._was_read = True
            self._page.enter_read()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.topics & self.topics:
            self.reload()

    def _publish(self, result: Any) -> None:
        self._context.bus.publish(changes_of(result))


class YearPresenter(Presenter):
    """Its page shows all of the window's year at once."""

    @property
    def year(self) -> int:
        """The year of the window, or this one before anything was loaded."""
        return self._context.year or local_today().year

    def asked(self) -> tuple[Any, ...]:
        return (self.year,)

    def follow(self) -> None:
        """Read, and from now on keep in step with the year and the data."""
        self._context.year_changed.connect(self.reload)
        super().follow()
