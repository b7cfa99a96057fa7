"""A roadmap by quarters: a bar for each activity that has dates, the day of today as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.services.roadmap import ActivityRow
from app.ui.pages.roadmap.columns import OVERDUE, STATUS_CHIPS, one_line
from app.ui.theme import theme
from app.ui.theme.metrics import GAP, HEADER_HEIGHT, ROW_HEIGHT
from app.ui.widgets.signs import tone_color

Index = QModelIndex | QPersistentModelIndex

_NAMES = 320
"""Width of the column of titles."""
_QUARTER = 56
_ROMAN = ("I", "II", "III", "IV")


class Timeline(QAbstractScrollArea):
    """Draws only the rows in sight: 5,000 activities scroll as quickly as fifty."""

    chosen = Signal(int)
    """Id of the activity that was clicked or reached by the keyboard."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Мероприятия по кварталам")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._today = today
        self._rows: tuple[ActivityRow, ...] = ()
        self._first = self._last = today.year
        self._current = 0
        self.setMouseTracking(True)

    def show_rows(self, rows: Sequence[ActivityRow], current: int | None = None) -> None:
        """Show activities; those without dates have a title and no bar.

        ``current`` is the id of the activity under the cursor.
        """
        self._rows = tuple(rows)
        found = (at for at, row in enumerate(rows) if row.id == current)
        self._current = next(found, self._current)
        ends = [row.end or row.start for row in rows]
        starts = [row.start or row.end for row in rows]
        years = [one.year for one in (*starts, *ends) if one]
        self._first = min(years, default=self._today.year)
        self._last = max(years, default=self._today.year)
        self._current = min(self._current, max(len(rows) - 1, 0))
        self._set_bars()
        self.viewport().update()

    def rows(self) -> tuple[ActivityRow, ...]:
        """Return what is shown."""
        return self._rows

    def quarters(self) -> int:
        """Return how many quarters the picture has."""
        return (self._last - self._first + 1) * 4

    def _set_bars(self) -> None:
        area = self.viewport().size()
        height = HEADER_HEIGHT + len(self._rows) * ROW_HEIGHT
        self.verticalScrollBar().setRange(0, max(0, height - area.height()))
        self.verticalScrollBar().setPageStep(area.height())
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        width = _NAMES + self.quarters() * _QUARTER
        self.horizontalScrollBar().setRange(0, max(0, width - area.width()))
        self.horizontalScrollBar().setPageStep(area.width())

    def resizeEvent(self, _event: object) -> None:  # noqa: N802
        self._set_bars()

    def paintEvent(self, _event: object) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, QColor(theme().base))
        top = self.verticalScrollBar().value()
        first = top // ROW_HEIGHT
        last = min(len(self._rows), first + area.height() // ROW_HEIGHT + 2)
        for number in range(first, last):
            y = HEADER_HEIGHT + number * ROW_HEIGHT - top
            self._paint_row(painter, self._rows[number], number, y)
        below = HEADER_HEIGHT + len(self._rows) * ROW_HEIGHT - top
        self._paint_today(painter, max(below, HEADER_HEIGHT), area.height())
        self._paint_header(painter, area)
        painter.end()

    def _x(self, day: date) -> int:
        """Return where a day stands in the picture."""
        quarter = (day.year - self._first) * 4 + (day.month - 1) // 3
        inside = ((day.month - 1) % 3 + (day.day - 1) / 31) / 3
        shift = self.horizontalScrollBar().value()
        return _NAMES - shift + int((quarter + inside) * _QUARTER)

    def _paint_row(self, painter: QPainter, row: ActivityRow, number: int, y: int) -> None:
        width = self.viewport().width()
        box = QRect(0, y, width, ROW_HEIGHT)
        ground = QColor(theme().stripe if number % 2 else theme().base)
        if number == self._current:
            ground = QColor(theme().selection)
        painter.fillRect(box, ground)
        self._paint_grid(painter, y)
        self._paint_bar(painter, row, y)
        names = QRect(0, y, _NAMES, ROW_HEIGHT)
        painter.fillRect(names, ground)
        painter.setPen(QColor(theme().text))
        title = one_line(f"{row.number} {row.title}")
        metrics = painter.fontMetrics()
        words = names.adjusted(GAP, 0, -GAP, 0)
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_grid(self, painter: QPainter, y: int) -> None:
        """Draw where the quarters meet, under the bars and words of a row."""
        painter.setPen(QColor(theme().border))
        shift = self.horizontalScrollBar().value()
        for quarter in range(self.quarters() + 1):
            left = _NAMES + quarter * _QUARTER - shift
            painter.drawLine(left, y, left, y + ROW_HEIGHT)

    def _paint_bar(self, painter: QPainter, row: ActivityRow, y: int) -> None:
        start, end = row.start or row.end, row.end or row.start
        if start is None or end is None:
            self._paint_today(painter, y, y + ROW_HEIGHT)
            text = row.recurrence or ("срок не понят" if row.term_problem else "без дат")
            painter.setPen(QColor(theme().muted))
            place = QRect(_NAMES + GAP, y, 240, ROW_HEIGHT)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            return
        chip = OVERDUE if row.overdue else STATUS_CHIPS[row.status]
        left = self._x(start)
        bar = QRect(left, y + 7, max(self._x(end) - left, 6), ROW_HEIGHT - 14)
        painter.fillRect(bar, tone_color(chip.tone))
        self._paint_today(painter, y, y + ROW_HEIGHT)
        painter.setPen(tone_color(chip.tone))
        beside = self._beside_today(bar.right() + GAP, painter, chip.word)
        words = QRect(beside, y, 2 * _QUARTER, ROW_HEIGHT)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, chip.word)

    def _beside_today(self, left: int, painter: QPainter, word: str) -> int:
        """Return where a word begins: behind the line of this day if it would run through it."""
        line = self._x(self._today)
        shown = self._first <= self._today.year <= self._last
        crossed = left - GAP < line < left + painter.fontMetrics().horizontalAdvance(word)
        return line + GAP if shown and crossed else left

    def _paint_header(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(QRect(0, 0, area.width(), HEADER_HEIGHT), QColor(theme().window))
        painter.setPen(QColor(theme().muted))
        shift = self.horizontalScrollBar().value()
        for quarter in range(self.quarters()):
            left = _NAMES + quarter * _QUARTER - shift
            if left < _NAMES - _QUARTER or left > area.width():
                continue
            place = QRect(left, HEADER_HEIGHT // 2, _QUARTER, HEADER_HEIGHT // 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _ROMAN[quarter % 4])
            if quarter % 4 == 0:
                year = QRect(left, 0, 4 * _QUARTER, HEADER_HEIGHT // 2)
                painter.drawText(
                    year, Qt.AlignmentFlag.AlignCenter, str(self._first + quarter // 4)
                )
        corner = QRect(0, 0, _NAMES, HEADER_HEIGHT)
        painter.fillRect(corner, QColor(theme().window))
        painter.drawText(
            corner.adjusted(GAP, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "Мероприятие"
        )

    def _paint_today(self, painter: QPainter, top: int, bottom: int) -> None:
        """Draw the line of this day over bars and under words."""
        if self._first <= self._today.year <= self._last:
            x = self._x(self._today)
            if x >= _NAMES:
                painter.fillRect(QRect(x - 1, top, 2, bottom - top), QColor(theme().accent))

    def mousePressEvent(self, event: object) -> None:  # noqa: N802
        y = int(event.position().y())  # type: ignore[attr-defined]
        if y >= HEADER_HEIGHT:
            self._choose((y - HEADER_HEIGHT + self.verticalScrollBar().value()) // ROW_HEIGHT)

    def keyPressEvent(self, event: object) -> None:  # noqa: N802
        key = event.key()  # type: ignore[attr-defined]
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10,
                 Qt.Key.Key_PageUp: -10}  # fmt: skip
        if key in steps:
            self._choose(self._current + steps[key])
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def _choose(self, number: int) -> None:
        if not self._rows:
            return
        self._current = max(0, min(number, len(self._rows) - 1))
        bar = self.verticalScrollBar()
        top = self._current * ROW_HEIGHT
        height = self.viewport().height() - HEADER_HEIGHT - ROW_HEIGHT
        bar.setValue(min(max(bar.value(), top - height), top))
        self.viewport().update()
        self.chosen.emit(self._rows[self._current].id)
