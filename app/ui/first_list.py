"""The first pages of the window: made after the first paint, filled before the data is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.services.clock import local_today
from app.services.first_look import first_look
from app.ui.context import Context
from app.ui.main_window import MainWindow
from app.ui.pages.schools import snapshot
from app.ui.pages.schools.lines import SchoolLine, unjudged
from app.ui.pages.schools.page import SchoolsPage
from app.ui.pages.today import kept as kept_home
from app.ui.pages.today.day import in_words
from app.ui.pages.today.lines import View
from app.ui.pages.today.page import TodayPage
from app.ui.tasks import Tasks
from app.ui.theme import fonts

FILE = "first-list.json"
HOME_FILE = "first-home.json"


class FirstList:
    """The page «Школы» and the copy of its list for the next start; starts the workers."""

    def __init__(self, window: MainWindow, database: Path) -> None:
        self._window = window
        self._database = database
        self._path = window.state.folder / FILE
        fonts.install_bold()
        window.take_context(Context(window, Tasks(), window.state))
        self.home = TodayPage(window.context)
        window.add_page(self.home)
        self.page = SchoolsPage(window.context)
        window.add_page(self.page)

    def show(self) -> None:
        """Show the list of the last time if the database is still the same one.

        Otherwise the schools alone, without categories; an empty list waits for the real one,
        because only that can tell an empty register from one that cannot be read.
        """
        home = kept_home.load(self._home_path(), self.stamp(), in_words(local_today()))
        if home is not None:
            self.home.show_view(home)
        kept = snapshot.load(self._path, self._database)
        if kept is not None:
            self._window.top_bar.offer_years([kept.year] if kept.year else [], kept.year)
            self.page.show_lines(kept.lines)
            return
        found = first_look(self._database)
        if found:
            self.page.show_lines([unjudged(*school) for school in found])

    def keep_home(self, made_from: list[Any] | None, view: View) -> None:
        """Keep the home page that was read from the file of that stamp."""
        kept_home.save(self._home_path(), made_from, view)

    def _home_path(self) -> Path:
        return self._path.with_name(HOME_FILE)

    def stamp(self) -> list[Any] | None:
        """Return what identifies the database file as it is now; call it before reading."""
        return snapshot.stamp(self._database)

    def keep(
        self, made_from: list[Any] | None, year: int | None, lines: Sequence[SchoolLine]
    ) -> None:
        """Keep the list that was read from the file of that stamp."""
        snapshot.save(self._path, made_from, year, lines)
