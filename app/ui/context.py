"""What every page is given: the open data, the workers, the bus, the year, the way elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.changebus import ChangeBus
from app.ui.state import WindowState
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    # The class needs SQLAlchemy, and this module is loaded before the first paint.
    from app.services.workspace import Workspace


class Context(QObject):
    """Made by the main window; pages keep it and connect to its signals."""

    year_changed = Signal()
    """``year`` has another value."""
    school_wanted = Signal(int)
    """Show this school on the page «Школы»."""
    activity_wanted = Signal(int, int)
    """Show an activity in its roadmap; carries the ids of the roadmap and of the activity."""
    import_wanted = Signal(object)
    """Bring in these files and folders; carries a tuple of ``Path``, empty to ask for them."""
    retry_wanted = Signal(object, object)
    """Load rows of the quarantine once more: a tuple of their ids, and None or the place (path,
    sheet, cell) to open at once."""
    mapping_wanted = Signal(object, str)
    """Say what stands where in a file of an ``ImportPlan``; carries the plan and the path."""
    mapping_made = Signal(str)
    """A mapping for the file of this path was remembered: its plan can be made anew."""
    told = Signal(str)
    """A message for the status bar."""
    page_wanted = Signal(str)
    """Show the page of this key."""

    def __init__(self, window: QWidget, tasks: Tasks, state: WindowState) -> None:
        super().__init__(window)
        self.window = window
        self.tasks = tasks
        self.state = state
        self.place: QWidget | None = None
        """What pages are put into: one that is made in its place is styled once, not once more for
        every widget that it is put into later."""
        self.bus = ChangeBus()
        self.year: int | None = None
        """Year that the pages show; None as long as nothing has been loaded."""
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The open data; pages exist only after it has been opened."""
        if self._workspace is None:
            raise RuntimeError("the workspace is asked for before it is open")
        return self._workspace

    def attach(self, workspace: Workspace) -> None:
        """Take over the data that the worker has opened."""
        self._workspace = workspace

    def set_year(self, year: int | None) -> None:
        """Change the year of all pages."""
        if year != self.year:
            self.year = year
            self.year_changed.emit()
