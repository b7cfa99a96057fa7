"""What a PDF needs to be kept for long: metadata as XML, colours with a meaning, fonts inside."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pypdfium2

from app.services.charts.types import Bars, Series, Unit
from app.services.documents.blocks import Chart, Content, Meta
from app.services.documents.pdf import render
from tests.documents.samples import emblem, facts, order

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PICTURE = Bars("Доля «2»", ("А", "Б"), (Series("2026", (10.0, None)),), Unit.PERCENT)


def packet(pdf: bytes) -> ElementTree.Element:
    """Return the metadata, which stand in the file as they are."""
    found = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", pdf, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0].decode())


def test_metadata_say_the_same_as_the_properties() -> None:
    pdf = render(order())
    root = packet(pdf)
    title = root.find(f".//{DC}title/{RDF}Alt/{RDF}li")
    author = root.find(f".//{DC}creator/{RDF}Seq/{RDF}li")
    day = root.find(f".//{XMP}CreateDate")
    assert title is not None
    assert author is not None
    assert day is not None
    document = pypdfium2.PdfDocument(pdf)
    try:
        known = document.get_metadata_dict()
    finally:
        document.close()
    assert (title.text, author.text) == (known["Title"], known["Author"])
    digits = re.sub(r"\D", "", (day.text or "")[:19])
    assert known["CreationDate"].startswith(f"D:{digits}")
    language = root.find(f".//{DC}language/{RDF}Bag/{RDF}li")
    assert language is not None
    assert language.text == "ru-RU"


def test_signs_of_markup_in_a_title_do_not_break_the_metadata() -> None:
    content = order()
    nasty = Content('А <b>"№1"</b> & {year}', content.kind, "2025", content.blocks, content.meta)
    title = packet(render(nasty)).find(f".//{DC}title/{RDF}Alt/{RDF}li")
    assert title is not None
    assert title.text == nasty.title


def test_colours_have_a_profile_inside_the_file() -> None:
    pdf = render(order())
    assert pdf.count(b"/OutputIntents") == 1
    found = re.search(rb"/N 3(?:(?!stream).)*stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    assert found
    data = found[1]
    if data[36:40] != b"acsp":
        data = zlib.decompress(base64.a85decode(data.strip().removesuffix(b"~>")))
    assert data[36:40] == b"acsp"
    assert data[16:20] == b"RGB "


def test_nothing_is_transparent_encrypted_or_run() -> None:
    content = Content("Т", "note", "2025", (Chart(PICTURE),), Meta("", 2026))
    for pdf in (render(order(office=facts().office, risk_zone=())), render(content)):
        for word in (b"/SMask", b"/Encrypt", b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
            assert word not in pdf, word
        for match in re.finditer(rb"/(?:ca|CA) ([\d.]+)", pdf):
            assert float(match[1]) == 1.0


def test_an_emblem_has_no_transparent_dots() -> None:
    office = replace(facts().office, emblem=emblem())
    assert b"/SMask" not in render(order(office=office))


def test_the_file_does_not_claim_what_nobody_validated() -> None:
    assert b"pdfaid" not in render(order())
