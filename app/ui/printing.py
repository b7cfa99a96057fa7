"""A finished PDF on a printer: the system's dialog, then page after page in the worker."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

from app.errors import OutputError
from app.services.documents import page_count
from app.services.output import write_safely
from app.services.progress import Progress
from app.ui import prompts
from app.ui.context import Context
from app.ui.tasks import Task
from app.ui.widgets.pdf_view import draw_page, only_pages

_DOTS = 300
"""Dots per inch of a page's picture at most: text is crisp and a page takes 35 MB at once."""
_MILLIMETRES = 25.4
_POINTS = 72.0

Sizes = tuple[tuple[float, float], ...]
"""Width and height of every page in points."""


class Printing(QObject):
    """Asks for the printer and prints; lives as long as its owner."""

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context

    def ask(self, title: str, pdf: bytes, sizes: Sizes) -> Task | None:
        """Show the print dialog; return the printing that has begun, None when there is none."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setFromTo(1, len(sizes))
        dialog = QPrintDialog(printer, self._context.window)
        dialog.setWindowTitle("Печать")
        dialog.setMinMax(1, len(sizes))
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintSelection, False)
        accepted = prompts.run(dialog)
        dialog.deleteLater()
        if not accepted:
            return None
        task = self._context.tasks.files.call_long("Печать", print_pages, printer, pdf, sizes)
        task.done.connect(self._on_printed)
        return task

    def _on_printed(self, pages: int) -> None:
        self._context.told.emit(f"Отправлено на печать страниц: {pages}.")


def print_pages(printer: QPrinter, pdf: bytes, sizes: Sizes, progress: Progress) -> int:
    """Print the chosen pages and return how many; OutputError when the printer refuses.

    Cancelling tells the printer to forget what it was given.  Printing into a file writes our own
    pages into it, whole or not at all.
    """
    if printer.outputFileName():
        pages = _wanted(printer, len(sizes))
        progress.check()
        _into_file(Path(printer.outputFileName()), pdf, pages, len(sizes))
        return len(pages)
    return paint_pages(printer, pdf, sizes, progress)


def _into_file(path: Path, pdf: bytes, pages: list[int], count: int) -> None:
    write_safely(path, pdf if pages == list(range(count)) else only_pages(pdf, pages), _opens)


def _opens(path: Path) -> None:
    page_count(path)


def paint_pages(printer: QPrinter, pdf: bytes, sizes: Sizes, progress: Progress) -> int:
    """Paint the chosen pages on the printer one by one; see ``print_pages``."""
    wanted = _wanted(printer, len(sizes))
    painter: QPainter | None = None
    done = 0
    try:
        for number in wanted:
            progress.check()
            progress.report(done, len(wanted), f"Страница {number + 1} из {len(sizes)}")
            _turn(printer, sizes[number])
            if painter is None:
                painter = _begin(printer)
            elif not printer.newPage():
                raise _refused(printer)
            _draw(painter, printer, pdf, number, sizes[number])
            done += 1
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter is not None:
            painter.end()
    progress.report(done, len(wanted), "Готово")
    return done


def _wanted(printer: QPrinter, count: int) -> list[int]:
    """Return the pages from 0 that were asked for, in the order of printing."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = list(range(max(first, 1) - 1, min(last, count)))
    backwards = printer.pageOrder() == QPrinter.PageOrder.LastPageFirst
    return pages[::-1] if backwards else pages


def _turn(printer: QPrinter, size: tuple[float, float]) -> None:
    """Lay the sheet as the page lies; the margins are in the page already."""
    wide = size[0] > size[1]
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def _begin(printer: QPrinter) -> QPainter:
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused(printer)
    return painter


def _draw(
    painter: QPainter, printer: QPrinter, pdf: bytes, number: int, size: tuple[float, float]
) -> None:
    dots = min(printer.resolution(), _DOTS)
    drawn = draw_page(pdf, number, round(size[0] / _POINTS * dots))
    image = QImage(
        drawn.data, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGBX8888
    )
    scale = printer.resolution() / _POINTS
    painter.drawImage(QRectF(0, 0, size[0] * scale, size[1] * scale), image)


def _refused(printer: QPrinter) -> OutputError:
    name = printer.printerName() or printer.outputFileName() or "без имени"
    return OutputError(
        f"Принтер «{name}» не принимает документ.",
        "Проверьте, включён ли он и можно ли писать в выбранный файл, или выберите другой принтер.",
    )
