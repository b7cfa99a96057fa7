"""What a file really is, by its content; its name is only compared with the finding."""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.models.enums import Severity
from app.services.importing.plan import Finding
from app.services.importing.sniff_zip import Bomb, BrokenArchive, Locked, kind_of_zip
from app.services.spreadsheets import is_text

NOT_A_TABLE = "не таблица"

_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

READABLE = frozenset({"xlsx", "xls", "ods", "csv", "html", "xml", "docx"})

_TITLES = {
    "xlsx": "книга Excel (.xlsx)",
    "xls": "старый формат Excel 97–2003 (.xls)",
    "ods": "таблица OpenDocument (.ods)",
    "csv": "текст с разделителями",
    "html": "веб-страница",
    "xml": "таблица XML 2003",
    "docx": "документ Word (.docx)",
}
_USUAL_ENDINGS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xls": {".xls", ".xlt"},
    "ods": {".ods", ".ots"},
    "csv": {".csv", ".tsv", ".txt", ".tab"},
    "html": {".html", ".htm", ".mht"},
    "xml": {".xml"},
    "docx": {".docx", ".docm", ".dotx", ".dotm"},
}
_WORD_ENDINGS = frozenset({".docx", ".docm", ".dotx", ".doc"})
_TABLE_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"})

_ASK_EXCEL = "Попросите прислать эти данные таблицей Excel (.xlsx)."
_SAVE_AS = "Откройте файл в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)»."

_SAVE_AS_WORD = (
    "Откройте файл в Word или LibreOffice и сохраните как «Документ Word (.docx)»: таблицы из него "
    "программа прочитает."
)

# First bytes, what it is (in Russian), and what to do about it.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "документ PDF", _ASK_EXCEL),
    (b"\x89PNG", "картинка", _ASK_EXCEL),
    (b"\xff\xd8\xff", "картинка (фотография или скан)", _ASK_EXCEL),
    (b"GIF8", "картинка", _ASK_EXCEL),
    (b"BM", "картинка", _ASK_EXCEL),
    (b"II*\x00", "картинка (скан)", _ASK_EXCEL),
    (b"MM\x00*", "картинка (скан)", _ASK_EXCEL),
    (b"AT&TFORM", "скан DjVu", _ASK_EXCEL),
    (b"{\\rtf", "текстовый документ (RTF)", _SAVE_AS_WORD),
    (b"MZ", "программа", "Не запускайте её: на носителе с отчётами программ быть не должно."),
    (b"\x7fELF", "программа", "Не запускайте её: на носителе с отчётами программ быть не должно."),
    (b"Rar!", "архив RAR", "Распакуйте архив и загрузите папку с файлами."),
    (b"7z\xbc\xaf", "архив 7-Zip", "Распакуйте архив и загрузите папку с файлами."),
    (b"\x1f\x8b", "архив GZ", "Распакуйте архив и загрузите папку с файлами."),
    (b"SQLite format 3", "база данных", _ASK_EXCEL),
    (b"\x00\x01\x00\x00Standard", "база данных Access", _ASK_EXCEL),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "ярлык", "Скопируйте на носитель сам файл, а не ярлык."),
)
_BIFF_WITHOUT_OLE = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_DEVICES = (b"ftyp", b"RIFF")

# Streams of an OLE2 file that tell what it is, in the order of asking.
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
)

_OFFICE: dict[str, tuple[str, str]] = {
    "doc": ("документ Word 97–2003 (.doc)", _SAVE_AS_WORD),
    "odt": ("текстовый документ (.odt)", _SAVE_AS_WORD),
    "pptx": ("презентация", _ASK_EXCEL),
    "ppt": ("презентация", _ASK_EXCEL),
    "xlsb": ("двоичная книга Excel (.xlsb)", _SAVE_AS),
    "zip": ("архив ZIP", "Распакуйте архив и загрузите папку с файлами."),
    "ole": ("документ неизвестной программы", _ASK_EXCEL),
}


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is: ``format`` for reading, or a problem; notes are Russian sentences."""

    format: str
    """One of ``READABLE``, else «не таблица»."""
    problem: Finding | None = None
    notes: tuple[str, ...] = ()


def sniff(copy: Path, name: str) -> Sniffed:
    """Return what a staged copy really is; ``name`` is the file's own name, for the note.

    Never parses: tables of contents and first bytes only.  An OSError passes through.
    """
    with copy.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return refuse("Файл пуст: в нём нет ни одного байта.", "Попросите прислать его ещё раз.")
    if not head.strip(b"\0"):
        return refuse(
            "Файл пуст: в нём одни нули, скорее всего носитель вынули до конца записи.",
            "Попросите прислать его ещё раз.",
        )
    if head.startswith(b"PK"):
        return _zip(copy, name)
    if head.startswith(_OLE):
        return _ole(copy, name)
    return _by_signature(head) or _text(head, name)


def refuse(message: str, hint: str) -> Sniffed:
    """Return the finding that a file cannot be read as a table."""
    return Sniffed(NOT_A_TABLE, Finding(Severity.ERROR, message, hint))


def _readable(kind: str, name: str) -> Sniffed:
    ending = PurePosixPath(name).suffix.lower()
    if ending in _USUAL_ENDINGS[kind]:
        return Sniffed(kind)
    called = f"назван «{ending}»" if ending else "не имеет окончания в названии"
    return Sniffed(kind, notes=(f"Файл {called}, но внутри – {_TITLES[kind]}.",))


def _other(what: str, hint: str) -> Sniffed:
    return refuse(f"Это {what}: таблицу отсюда прочитать нельзя.", hint)


def _locked(name: str) -> Sniffed:
    if PurePosixPath(name).suffix.lower() in _WORD_ENDINGS:
        return refuse(
            "Документ защищён паролем.",
            "Откройте его в Word, снимите пароль (Файл → Сведения → Защита документа → Зашифровать "
            "с использованием пароля, очистить поле) и сохраните.",
        )
    return refuse(
        "Файл защищён паролем.",
        "Откройте его в Excel, снимите пароль (Файл → Сведения → Защита книги → Зашифровать "
        "с паролем, очистить поле) и сохраните.",
    )


def _damaged() -> Sniffed:
    return refuse(
        "Файл повреждён или скопирован не до конца.",
        "Скопируйте его с носителя ещё раз. Если не поможет, попросите прислать заново.",
    )


def _zip(copy: Path, name: str) -> Sniffed:
    try:
        kind = kind_of_zip(copy)
    except Locked:
        return _locked(name)
    except Bomb:
        return refuse(
            "Файл при распаковке занял бы слишком много места, таких таблиц не бывает.",
            "Откройте файл в Excel, удалите лишние листы, строки и столбцы и сохраните заново. "
            "Если файл прислал незнакомый отправитель, удалите его.",
        )
    except BrokenArchive:
        return _damaged()
    return _readable(kind, name) if kind in READABLE else _other(*_OFFICE[kind])


def _ole(copy: Path, name: str) -> Sniffed:
    with copy.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        kind = next(
            (kind for stream_name, kind in _STREAMS if _has_stream(data, stream_name)), "ole"
        )
    if kind == "locked":
        return _locked(name)
    if kind == "ole" and PurePosixPath(name).suffix.lower() in _TABLE_ENDINGS:
        return _damaged()
    return _readable(kind, name) if kind in READABLE else _other(*_OFFICE[kind])


def _has_stream(data: mmap.mmap, name: str) -> bool:
    """Return whether an OLE2 directory has a stream of that name.

    Entries are 128 bytes, aligned from the end of the 512-byte header; the name stands first, its
    length in bytes with the closing zero at offset 64 ([MS-CFB] 2.6.1).  The chain of sectors is
    not followed: in a damaged file it may be endless.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted, 512)
    while at >= 0:
        if at % 128 == 0 and at + 66 <= len(data):
            (length,) = struct.unpack_from("<H", data, at + 64)
            if length == len(wanted):
                return True
        at = data.find(wanted, at + 1)
    return False


def _by_signature(head: bytes) -> Sniffed | None:
    for mark, what, hint in _SIGNATURES:
        if head.startswith(mark) and not (len(mark) == 2 and is_text(head)):
            return _other(what, hint)
    if head[4:8] in _DEVICES or head[:4] in _DEVICES:
        return _other("видео, звук или картинка", _ASK_EXCEL)
    if head[:2] in _BIFF_WITHOUT_OLE and not is_text(head):
        return _other("таблица очень старой программы (Excel 2–5)", _SAVE_AS)
    return None


def _text(head: bytes, name: str) -> Sniffed:
    if not is_text(head):
        return refuse("Неизвестный вид файла: таблицы в нём не видно.", _ASK_EXCEL)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:4096].lower()
    if start.startswith(b"<"):
        return _markup(start, name)
    if start.startswith(b"mime-version:"):
        return _other("веб-страница в одном файле (.mht)", _SAVE_AS)
    return _plain(start, name)


def _markup(start: bytes, name: str) -> Sniffed:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return _readable("xml", name)
    if any(tag in start for tag in (b"<html", b"<table", b"<!doctype html", b"<body", b"<head")):
        return _readable("html", name)
    return _other("документ XML неизвестной программы", _ASK_EXCEL)


def _plain(start: bytes, name: str) -> Sniffed:
    """A text is a table when its name says so or when a separator stands in its first lines."""
    if not start.strip():
        return refuse("Файл пуст: в нём только пробелы.", "Попросите прислать его ещё раз.")
    if PurePosixPath(name).suffix.lower() in _TABLE_ENDINGS or any(m in start for m in b"\t;|"):
        return _readable("csv", name)
    return _other("текст без таблицы", _ASK_EXCEL)
