"""The word that the title of a programme begins with is said once on paper."""

from __future__ import annotations

import pytest

from app.models.enums import ProgrammeKind
from app.services import programmes, settings
from app.services.documents import PaperRequest, blocks, build_paper
from app.services.documents.papers.naming import named_once
from app.services.programmes import ProgrammeForm
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS


@pytest.mark.parametrize(
    ("before", "title", "said"),
    [
        ("О программе", "Поддержка школ", "О программе «Поддержка школ»"),
        ("Об итогах программы", "Программа развития школ", "Об итогах программы развития школ"),
        ("Об итогах программы", "Программа «Рост»", "Об итогах программы «Рост»"),
        ("Об итогах программы", "Программа Рост", "Об итогах программы «Рост»"),
        ("Об итогах программы", "Программа: рост школ", "Об итогах программы рост школ"),
        ("Об итогах программы", "Программа", "Об итогах программы «Программа»"),
        ("Об итогах программы", "Программатор", "Об итогах программы «Программатор»"),
        (
            "Об итогах программы",
            "ПРОГРАММА РАЗВИТИЯ ШКОЛ",
            "Об итогах программы РАЗВИТИЯ ШКОЛ",
        ),
        (
            "Утвердить прилагаемую программу",
            "Муниципальная программа развития школ",
            "Утвердить прилагаемую муниципальную программу развития школ",
        ),
        (
            "Об утверждении муниципальной программы",
            "Муниципальная целевая программа «Рост»",
            "Об утверждении муниципальной целевой программы «Рост»",
        ),
        ("Программа", "Районная программа поддержки", "Районная программа поддержки"),
        ("Муниципальная программа", "Программа поддержки", "Муниципальная программа поддержки"),
        ("Об итогах дорожной карты", "Дорожная карта школ", "Об итогах дорожной карты школ"),
        ("Дорожная карта", "Дорожная карта школ", "Дорожная карта школ"),
        ("План мероприятий", "План мероприятий по поддержке", "План мероприятий по поддержке"),
        ("О программе", "Дорожная карта школ", "О программе «Дорожная карта школ»"),
    ],
)
def test_the_word_of_the_title_is_said_once(before: str, title: str, said: str) -> None:
    assert named_once(f"{before} «{title}», 2026 год.", title) == f"{said}, 2026 год."


def test_papers_name_the_programme_once(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    form = ProgrammeForm(ProgrammeKind.PROGRAMME, "Программа поддержки школ", 2025, 2027)
    own = programmes.save_programme(workspace, form).id
    expected = {
        "decree-programme": "Об утверждении муниципальной программы поддержки школ",
        "order-programme": "Об утверждении программы поддержки школ",
        "order-roadmap": "Об утверждении дорожной карты реализации программы поддержки школ",
        "indicators-paper": "Показатели программы поддержки школ",
    }
    for kind, title in expected.items():
        content = build_paper(workspace, PaperRequest(kind, 2025, programme_id=own)).content
        assert content.title.replace("\N{NO-BREAK SPACE}", " ") == title
        words = " ".join(one.text for one in blocks.texts(content)).replace(
            "\N{NO-BREAK SPACE}", " "
        )
        assert "программы «Программа" not in words
