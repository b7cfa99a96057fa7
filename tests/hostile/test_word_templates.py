"""Word files that must not become templates: macros, reaching out, bombs, broken packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from app.errors import UserError
from app.services.documents.own_templates import (
    add_template,
    check_file,
    list_templates,
    replace_template,
)
from app.services.workspace import Workspace

KIND = "order-own"
Parts = dict[str, bytes]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def good() -> Parts:
    """Return the parts of a small right template."""
    document = docx.Document()
    document.add_paragraph("[[год]]")
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def related(parts: Parts, kind: str, target: str) -> None:
    name = "word/_rels/document.xml.rels"
    relation = (
        f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())


def in_body(parts: Parts, xml: str) -> None:
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace("<w:body>", f"<w:body>{xml}", 1).encode()


def field(*pieces: str) -> str:
    """Return a field as Word writes it, its code in as many runs as there are pieces."""
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{x}"/></w:r>' for x in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def _typed(parts: Parts) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


def _declared(parts: Parts) -> None:
    body = parts["word/document.xml"].split(b"?>", 1)[1]
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    parts["word/document.xml"] = b'<?xml version="1.0"?>' + bomb.encode() + body


def _declared_wide(parts: Parts) -> None:
    body = parts["word/document.xml"].split(b"?>", 1)[1].decode()
    wide = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]>{body}'
    parts["word/document.xml"] = wide.encode("utf-16")


def _hidden(parts: Parts) -> None:
    """Put a field into a header whose name does not end with .xml."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts["word/header9.foo"] = f"<w:hdr {space}>{field('DDE a b')}</w:hdr>".encode()


def _cut(parts: Parts) -> None:
    parts["word/document.xml"] = parts["word/document.xml"][:-40]


def _deep(parts: Parts) -> None:
    in_body(parts, "<w:sdt>" * 4000 + "</w:sdt>" * 4000)


SPOILED: dict[str, tuple[Callable[[Parts], object], str]] = {
    "макрос": (lambda p: p.update({"word/vbaProject.bin": b"x"}), "макрос или вложенный объект"),
    "тип с макросами": (_typed, "сохраните его как .docx без макросов"),
    "вложенный объект": (lambda p: p.update({"word/embeddings/a.xlsx": b"x"}), "вложенный объект"),
    "внешний шаблон": (
        lambda p: related(p, "attachedTemplate", "http://192.0.2.1/a.dotm"),
        "ссылается на внешний файл («http://192.0.2.1/a.dotm»)",
    ),
    "внешняя картинка": (lambda p: related(p, "image", "file://server/a.png"), "внешний файл"),
    "ссылка на файл": (lambda p: related(p, "hyperlink", r"\\server\share\a.exe"), "внешний файл"),
    "поле DDE": (lambda p: in_body(p, field("DDEAUTO c:\\\\\\\\cmd.exe /c")), "обращается вовне"),
    "вставка файла": (lambda p: in_body(p, field(' INCLUDETEXT "c:/a.txt"')), "обращается вовне"),
    "поле по частям": (lambda p: in_body(p, field("INCLUDE", "TEXT ", "c:/a.txt")), "вовне"),
    "поле строчными": (lambda p: in_body(p, field("includetext c:/a.txt")), "обращается вовне"),
    "ссылка полем": (lambda p: in_body(p, field('HYPERLINK "file://s/a.exe"')), "вовне"),
    "поле в части с чужим именем": (_hidden, "обращается вовне"),
    "часть без XML": (lambda p: p.update({"word/a.dat": b"MZ"}), "повреждена"),
    "вложенный документ": (lambda p: in_body(p, "<w:altChunk/>"), "вложен другой документ"),
    "объявление": (_declared, "запрещённое объявление"),
    "объявление UTF-16": (_declared_wide, "запрещённое объявление"),
    "обрезан": (_cut, "повреждена"),
    "глубокий": (_deep, "поврежд"),
    "без документа": (lambda p: p.pop("word/document.xml"), "это не документ Word"),
    "без тела": (lambda p: p.update({"word/document.xml": b"<a/>"}), "повреждён"),
    "чужая часть": (lambda p: p.update({"../../evil.xml": b"<a/>"}), "так, как Word не делает"),
    "дважды": (lambda p: p.update({"WORD/document.xml": b"<a/>"}), "так, как Word не делает"),
    "бомба": (lambda p: p.update({"word/media/a.png": b"\0" * 61_000_000}), "слишком велик"),
    "много частей": (
        lambda p: p.update({f"word/media/{n}.png": b"x" for n in range(900)}),
        "слишком велик",
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_hostile_file_is_refused_and_the_old_template_stays(
    workspace: Workspace, tmp_path: Path, what: str
) -> None:
    add_template(workspace, "Прежний", KIND, packed(good(), tmp_path / "прежний.docx"))
    (old,) = list_templates(workspace)
    parts = good()
    spoil, told = SPOILED[what]
    spoil(parts)
    path = packed(parts, tmp_path / "чужой.docx")
    with pytest.raises(UserError) as caught:
        replace_template(workspace, old.id, path)
    assert told in str(caught.value)
    assert "чужой.docx" in caught.value.message
    assert caught.value.hint
    assert list_templates(workspace) == (old,)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "не файл Word"),
        (b"PK\x03\x04 and nothing more", "не файл Word"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "не файл Word"),
        (b"x" * 5_000_001, "больше 5 МБ"),
    ],
    ids=["пусто", "обрывок", "старый", "велик"],
)
def test_what_is_no_word_file_is_refused(tmp_path: Path, body: bytes, told: str) -> None:
    path = tmp_path / "чужой.docx"
    path.write_bytes(body)
    with pytest.raises(UserError, match=told):
        check_file(KIND, path)


def test_links_to_pages_and_mail_are_allowed(tmp_path: Path) -> None:
    parts = good()
    related(parts, "hyperlink", "mailto:uo@example.ru")
    assert check_file(KIND, packed(parts, tmp_path / "письмо.docx")).faults == ()


def test_fields_of_pages_dates_and_links_are_allowed(tmp_path: Path) -> None:
    parts = good()
    codes = ("PAGE", 'HYPERLINK "https://example.ru/"', " HYPERLINK \\l mark", "DATE", "PAGEREF a")
    in_body(parts, "".join(map(field, codes)))
    assert check_file(KIND, packed(parts, tmp_path / "поля.docx")).faults == ()


def test_a_tag_in_a_footnote_is_told(tmp_path: Path) -> None:
    parts = good()
    parts["word/footnotes.xml"] = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:footnote><w:p><w:r><w:t>[[год]]</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    name = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="rId98" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    parts[name] = parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    (fault,) = check_file(KIND, packed(parts, tmp_path / "сноска.docx")).faults
    assert fault.place == "сноски, абзац 1"
    assert "здесь не заполняется" in fault.message
