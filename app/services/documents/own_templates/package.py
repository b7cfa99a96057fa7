"""A foreign Word file is opened only after its package was found harmless."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

from app.errors import UserError

LARGEST = 5_000_000
"""Bytes of the file: a template is text with an emblem, and the journal keeps it."""
_UNPACKED = 60_000_000
_ENTRIES = 800
_DOCUMENT = "word/document.xml"
_TYPES = "[Content_Types].xml"
_PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CARRIERS = ("altChunk", "subDoc", "object")
_LINKS = ("http://", "https://", "mailto:")
_ACTIVE = re.compile(r"vbaproject|activex|embeddings/|\.bin$|afchunk|customui|\.exe$|\.dll$", re.I)
"""Parts that run or carry something else inside: macros, controls, embedded objects."""
_REACHING = re.compile(
    r"^\s*(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|IMPORT|MACROBUTTON|DATABASE|RD"
    r"|EMBED|PRINT)\b"
    r"|^\s*HYPERLINK\b(?!\s+(?:\\l\b|\"?(?:https?://|mailto:)))",
    re.IGNORECASE,
)
"""Fields that reach out of the document or run something; Word reads them in any case."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp")
_NO_XML = (*_PICTURES, ".odttf")
"""Parts of pictures and fonts; any other one is looked through, however it is named."""
_harmless: set[bytes] = set()
"""Digests of names and contents that were looked through and found harmless.

A template is opened for every paper that is made of it, and templates of one office share most of
their parts.
"""


def open_template(body: bytes, name: str) -> Any:
    """Return the document of the file; UserError says in Russian why it cannot be used.

    Nothing of the file is run or fetched: macros, embedded objects, outside pictures and fields
    that reach other files are refused before the document is opened at all.
    """
    # Late: python-docx and lxml are needed only when a Word file is worked on.
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    _check_package(body, name)
    try:
        document = docx.Document(io.BytesIO(body))
        # Styles and sections are read late: a fault in them must be told now.
        _ = [style.name for style in document.styles], list(document.sections)
        return document
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        SyntaxError,  # lxml's fault in XML is one
        NotImplementedError,
        PackageNotFoundError,
    ) as error:
        raise _refused(name, "файл повреждён, Word его, вероятно, тоже не откроет") from error


def _check_package(body: bytes, name: str) -> None:
    if len(body) > LARGEST:
        raise _refused(name, f"он больше {LARGEST // 1_000_000} МБ")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _check_entries(archive, name)
            _check_parts(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise _refused(name, "это не файл Word (.docx) или он повреждён") from error


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED:
        raise _refused(name, "распакованный, он слишком велик")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused(name, "он защищён паролем")
    if len({one.casefold() for one in names}) != len(names) or any(map(_strays, names)):
        raise _refused(name, "его части названы так, как Word не делает")
    if _DOCUMENT not in names or _TYPES not in names:
        raise _refused(name, "это не документ Word (.docx)")
    active = next((one for one in names if _ACTIVE.search(one)), None)
    if active is not None:
        raise _refused(name, f"в нём есть макрос или вложенный объект ({active})")


def _strays(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    for entry in archive.infolist():
        if not entry.is_dir() and not entry.filename.casefold().endswith(_NO_XML):
            data = archive.read(entry)
            digest = hashlib.sha256(f"{entry.filename}\0".encode() + data).digest()
            if digest not in _harmless:
                _check_part(data, entry.filename, name)
                _harmless.add(digest)


def _check_part(data: bytes, part: str, name: str) -> None:
    root = _parsed(data, part, name)
    _check_content(root, part, name)
    if part == _DOCUMENT and (root.tag != f"{_W}document" or root.find(f"{_W}body") is None):
        raise _refused(name, "в нём нет текста документа, файл повреждён")


def _parsed(data: bytes, part: str, name: str) -> ElementTree.Element:
    plain = data.replace(b"\0", b"")  # the same in an encoding of two bytes
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise _refused(name, f"в его части {part} стоит запрещённое объявление")
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - declarations were refused above
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise _refused(name, f"его часть {part} повреждена") from error


def _check_content(root: ElementTree.Element, part: str, name: str) -> None:
    if part == _TYPES:
        _check_type(root, name)
    elif part.endswith(".rels"):
        for relation in root.iter(_RELATION):
            _check_relation(relation, name)
    else:
        reaching = next((one for one in _instructions(root) if _REACHING.match(one)), None)
        if reaching is not None:
            raise _refused(name, f"в нём есть поле, которое обращается вовне («{reaching[:40]}»)")
        if any(next(root.iter(f"{_W}{tag}"), None) is not None for tag in _CARRIERS):
            raise _refused(name, "в него вложен другой документ или объект")


def _instructions(root: ElementTree.Element) -> list[str]:
    """Return the codes of the fields; Word puts one together from the runs that it stands in."""
    found = [one.get(f"{_W}instr", "") for one in root.iter(f"{_W}fldSimple")]
    code = ""
    for one in root.iter():
        if one.tag == f"{_W}instrText":
            code += one.text or ""
        elif one.tag == f"{_W}fldChar":
            found.append(code)
            code = ""
    return [*found, code]


def _check_type(root: ElementTree.Element, name: str) -> None:
    main = {
        one.get("ContentType", "")
        for one in root
        if one.get("PartName", "").casefold() == f"/{_DOCUMENT}"
    }
    if main != {_PLAIN}:
        raise _refused(name, "это не обычный документ Word: сохраните его как .docx без макросов")


def _check_relation(relation: ElementTree.Element, name: str) -> None:
    if relation.get("TargetMode", "").casefold() != "external":
        return
    target = relation.get("Target", "")
    is_link = relation.get("Type", "").endswith("/hyperlink")
    if not (is_link and target.casefold().startswith(_LINKS)):
        raise _refused(name, f"он ссылается на внешний файл («{target[:60]}»)")


def _refused(name: str, why: str) -> UserError:
    return UserError(
        f"Файл «{name}» нельзя взять шаблоном: {why}.",
        "Возьмите обычный файл .docx, сохранённый в Word или LibreOffice; "
        "прежний шаблон не изменён.",
    )
