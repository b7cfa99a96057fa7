"""From neutral content to a file: the format by the ending, written safely and reopened."""

from __future__ import annotations

import re
import threading
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.errors import OutputError
from app.services.documents.blocks import Content
from app.services.documents.types import Laid
from app.services.documents.workbook import render_xlsx
from app.services.output import Together, safe_file_name, unreadable, write_safely

_NAMES = {
    "order": "Приказ",
    "decree": "Постановление",
    "letter": "Письмо",
    "programme": "Программа",
    "decisions": "Протокол решений",
}
"""What a document is called in its file name, by the first word of its kind."""

PDFIUM = threading.Lock()
"""Hold it around every call of pypdfium2: the library below is not safe in two threads at once."""


def render_pdf(content: Content) -> bytes:
    """Return the document as a PDF, as the preview shows it and ``write`` stores it."""
    # Late: reportlab costs as much as the whole start of the window.
    from app.services.documents.pdf import render

    return render(content)


def lay_out(content: Content, check: Callable[[], None]) -> Laid:
    """Return the same PDF with the places of the blocks on its pages.

    ``check`` is called every few lines and may raise to end the work.
    """
    # Late: as above.
    from app.services.documents.pdf import lay

    return lay(content, check)


def fits(content: Content, most_pages: int) -> bool:
    """Return whether the PDF of the document takes no more pages than that."""
    # Late: as above.
    from app.services.documents import pdf

    return pdf.fits(content, most_pages)


def render_docx(content: Content) -> bytes:
    """Return the document as a DOCX."""
    # Late: python-docx and lxml are needed only when a Word file is made.
    from app.services.documents.word import render

    return render(content)


def write(content: Content, path: Path) -> Path:
    """Write the document as .pdf, .docx or, its tables alone, .xlsx by the ending of ``path``.

    The file is written beside its place, flushed, reopened and only then put there.  OutputError
    says in Russian what went wrong; a file that was there before is untouched.
    """
    render, check = _renderer(path)
    write_safely(path, render(content), check)
    return path


def write_all(content: Content, paths: Sequence[Path]) -> tuple[Path, ...]:
    """Write the document into several files, all of them or none; as ``write`` otherwise."""
    with Together() as files:
        for path in paths:
            add_file(files, content, path)
    return tuple(paths)


def write_laid(laid: Laid, path: Path) -> Path:
    """Write a PDF that has been laid out already; as ``write`` otherwise."""
    write_safely(path, laid.pdf, check_pdf)
    return path


def add_file(files: Together, content: Content, path: Path) -> None:
    """Write the document beside its place; ``files`` puts it there with the others."""
    render, check = _renderer(path)
    files.add(path, render(content), check)


def _renderer(path: Path) -> tuple[Callable[[Content], bytes], Callable[[Path], None]]:
    ending = path.suffix.casefold()
    if ending not in _RENDERERS:
        known = " и ".join(_RENDERERS)
        raise OutputError(
            f"Документ нельзя записать в файл «{path.name}».", f"Годятся имена на {known}."
        )
    return _RENDERERS[ending]


def file_name(content: Content) -> str:
    """Return a name for the file, without ending, that every system allows."""
    number = f" № {content.meta.number}" if content.meta.number else ""
    day = f" от {content.meta.date:%d.%m.%Y}" if content.meta.date else ""
    name = f"{_NAMES.get(re.split('[-_]', content.kind)[0], '')}{number}{day}".strip()
    title = f"{content.title}, {content.meta.year} год"
    return safe_file_name(f"{name}. {title}" if name else title)


def page_count(path: Path) -> int:
    """Return the number of pages of a PDF file; OutputError when it does not open."""
    # Late: the PDF library is a few megabytes of native code.
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise unreadable(path) from error
        try:
            return len(document)
        finally:
            document.close()


def check_pdf(path: Path) -> None:
    """Raise OutputError unless the file opens as a PDF with pages."""
    if page_count(path) < 1:
        raise unreadable(path)


def _check_docx(path: Path) -> None:
    # Late: as above, only for Word files.
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
        empty = len(docx.Document(str(path)).element.body) == 0
    except (zipfile.BadZipFile, KeyError, ValueError, PackageNotFoundError) as error:
        raise unreadable(path) from error
    if broken is not None or empty:
        raise unreadable(path)


def _check_xlsx(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except zipfile.BadZipFile as error:
        raise unreadable(path) from error
    if broken is not None:
        raise unreadable(path)


_RENDERERS: Mapping[str, tuple[Callable[[Content], bytes], Callable[[Path], None]]] = {
    ".pdf": (render_pdf, check_pdf),
    ".docx": (render_docx, _check_docx),
    ".xlsx": (render_xlsx, _check_xlsx),
}
