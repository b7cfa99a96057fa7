"""Imaginary facts for the tests of documents, and the text of a made file."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pypdfium2
from docx.oxml.ns import qn
from PIL import Image, ImageDraw

from app.models.enums import AssessmentKind
from app.services.documents.blocks import Content
from app.services.documents.content.facts import ListedSchool, OfficeFacts
from app.services.documents.content.order_list import OrderFacts, order_content
from app.services.documents.texts import sentences
from app.services.methodology.types import (
    CountedProcedures,
    Join,
    LegalBasis,
    RiskZoneRule,
    RuleSet,
    YearsBack,
)

REASON = (
    "В 2025 году низкий результат по двум процедурам: ВПР, русский язык, 5 класс – 4 из 9 "
    "(44,4 %), ВПР, математика, 6 класс – 5 из 12 (41,7 %); порог 30 %."
)
LONG_NAME = (
    "Муниципальное бюджетное общеобразовательное учреждение «Верхнеозёрская средняя "
    "общеобразовательная школа имени первого председателя потешного совета» Тридевятого "
    "муниципального района – филиал «Нижнеозёрская начальная школа – детский сад»"
)

OFFICE = OfficeFacts(
    name="Управление образования администрации Тридевятого муниципального района",
    genitive="Управления образования администрации Тридевятого муниципального района",
    place="с. Тридевятое",
    head_post="Начальник управления",
    head_name="Сказкина Алёна Потеховна",
    parent="Администрация Тридевятого муниципального района",
    executor_name="Небылицын Олег Потехович",
    executor_phone="8 (99999) 0-00-01",
)

RULES = RuleSet(
    key="sample",
    version=1,
    title="Две низкие процедуры",
    first_year=2019,
    last_year=None,
    legal_basis=(
        LegalBasis("Порядок выявления школ", "Приказ округа от 01.09.2024 № 12-п", True),
        LegalBasis("Разъяснение без акта", "сообщение в печати", False),
    ),
    counted=(
        CountedProcedures(AssessmentKind.VPR, ("Русский язык", "Математика")),
        CountedProcedures(AssessmentKind.OGE, ("Русский язык", "Математика"), (9,)),
        CountedProcedures(AssessmentKind.EGE, ("Русский язык",)),
    ),
    threshold_percent=Decimal(30),
    rule_a_procedures=2,
    rule_b_years=2,
    rule_b_same=True,
    rule_b_years_back=YearsBack.CALENDAR,
    join=Join.OR,
    min_participants=0,
    small_sample=10,
    borderline_points=Decimal("0.5"),
    risk_zone=RiskZoneRule(True, Decimal(20), Decimal(10)),
)


def emblem(kind: str = "PNG", side: int = 400) -> bytes:
    """Return a picture of our own making, transparent around where the format can."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, side - 10, side - 10), fill=(20, 60, 140, 255))
    file = io.BytesIO()
    (picture if kind == "PNG" else picture.convert("RGB")).save(file, kind)
    return file.getvalue()


def schools(count: int, category: str = "ШНОР") -> tuple[ListedSchool, ...]:
    """Return ``count`` schools of alternating length of name."""
    names = ("МБОУ «Тридевятая СОШ № {}»", "МКОУ «Верхнеозёрская основная школа № {}»")
    return tuple(
        ListedSchool(names[index % 2].format(index), category, REASON)
        for index in range(1, count + 1)
    )


def facts(**changes: Any) -> OrderFacts:
    """Return facts of an order that has everything; ``changes`` replace parts of them."""
    whole = OrderFacts(
        office=OFFICE,
        year=2025,
        first_year=2024,
        last_year=2025,
        schools=schools(3),
        rules=RULES,
        profile="2025",
        number="66-ОД",
        deadline=date(2025, 11, 1),
        coordinator="главного специалиста Присказкину В.Б.",
        date=date(2025, 9, 26),
    )
    return replace(whole, **changes)


def order(**changes: Any) -> Content:
    """Return the order over ``facts(**changes)``."""
    return order_content(facts(**changes), sentences("order"), sentences("rule"))


def squeezed(text: str) -> str:
    """Return the text without white space and hyphenation: what it says, not where it breaks."""
    return re.sub(r"\s+", "", text)


def body(pages: list[str]) -> str:
    """Return the text of the pages without the numbers at their tops."""
    return "".join([pages[0], *(page.split(None, 1)[1] for page in pages[1:])])


def pdf_pages(data: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_page_text(document, index) for index in range(len(document))]
    finally:
        document.close()


def _page_text(document: Any, index: int) -> str:
    page = document[index]
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    text_page.close()
    page.close()
    return str(text)


def docx_texts(data: bytes) -> list[str]:
    """Return every paragraph of a DOCX in reading order, cells of tables too, without numbers."""
    body = docx.Document(io.BytesIO(data)).element.body
    found = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [text for text in found if text]
