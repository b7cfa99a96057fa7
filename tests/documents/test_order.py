"""The order built from stored data."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import ResourceError, UserError
from app.models.enums import AssessmentKind, Category, SchoolStatus
from app.services import methodology, settings
from app.services.documents import (
    OrderRequest,
    Person,
    blocks,
    build_order,
    changed_data,
    register,
    write,
)
from app.services.documents.language import NBSP
from app.services.documents.register import stored_request
from app.services.settings import OfficeDetails
from app.services.workspace import Workspace
from tests.stored import add_result, add_school

VPR = AssessmentKind.VPR
DETAILS = OfficeDetails(
    full_name="Управление образования Тридевятого района",
    short_name="Управление образования",
    place="с. Тридевятое",
    head_post="Начальник управления",
    head_name="Сказкина Алёна Потеховна",
)


@pytest.fixture
def schools(workspace: Workspace) -> dict[str, int]:
    """Store four schools: ШНОР twice, one at risk, one well; the office is filled in."""
    settings.save_office(workspace, DETAILS)
    ids = {name: add_school(workspace, name, search_key=name.casefold()) for name in "АБВГ"}
    for name, russian, mathematics in (("А", 5, 6), ("Б", 4, 4), ("В", 4, 0), ("Г", 0, 1)):
        add_result(workspace, ids[name], (VPR, 2025, "Русский язык", 5), 10, russian)
        add_result(workspace, ids[name], (VPR, 2025, "Математика", 5), 10, mathematics)
    return ids


def tables(content: blocks.Content) -> list[list[tuple[str, str]]]:
    found = [block for block in content.blocks if isinstance(block, blocks.Table)]
    return [[(row[1], row[2]) for row in table.rows] for table in found]


def text(content: blocks.Content) -> str:
    return "\n".join(piece.text for piece in blocks.texts(content)).replace(NBSP, " ")


def test_list_holds_the_schools_and_their_reasons(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    draft = build_order(workspace, OrderRequest(2025))
    assert tables(draft.content) == [[("А", "ШНОР"), ("Б", "ШНОР")]]
    reasons = {s.school: s.reason for s in methodology.classify(workspace, 2025).schools}
    assert reasons["А"].replace("—", "–") in text(draft.content)
    assert "за 2025 год," in text(draft.content)
    assert draft.content.profile == "2025"


def test_risk_zone_is_added_when_asked(workspace: Workspace, schools: dict[str, int]) -> None:
    draft = build_order(workspace, OrderRequest(2025, risk_zone=True))
    assert tables(draft.content)[1] == [("В", "зона риска")]


def test_years_are_those_that_were_looked_at(workspace: Workspace, schools: dict[str, int]) -> None:
    add_result(workspace, schools["А"], (VPR, 2023, "Русский язык", 5), 10, 5)
    assert "за 2025 год," in text(build_order(workspace, OrderRequest(2025)).content)
    add_result(workspace, schools["А"], (VPR, 2024, "Русский язык", 5), 10, 5)
    assert "за 2024 и 2025 годы," in text(build_order(workspace, OrderRequest(2025)).content)


def test_decision_wins_and_both_are_visible(workspace: Workspace, schools: dict[str, int]) -> None:
    methodology.override(workspace, 2025, schools["А"], Category.NONE, "закрывается")
    methodology.override(workspace, 2025, schools["Г"], Category.SHNOR, "перечень № 5")
    draft = build_order(workspace, OrderRequest(2025))
    assert [name for name, _ in tables(draft.content)[0]] == ["Б", "Г"]
    assert "перечень № 5; по расчёту" in text(draft.content)
    assert any("расходится с нынешним расчётом: Г" in warning for warning in draft.warnings)


def test_warnings_are_told_and_are_not_on_the_paper(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    add_school(workspace, "Д")
    add_school(workspace, "Е", status=SchoolStatus.CLOSED)
    methodology.confirm(workspace, 2025, [schools["А"]])
    draft = build_order(workspace, OrderRequest(2025))
    warnings = "\n".join(draft.warnings)
    assert "Не подтверждены решением 1 из 2, в перечне они стоят по расчёту: Б." in warnings
    assert "нет учитываемых результатов (1 школа): Д." in warnings
    assert "одтвержд" not in text(draft.content)
    assert "В основании правила не напечатано" in warnings
    said = text(draft.content)
    for found_in in ("Омска", "Сергокалинского", "consultant"):
        assert found_in not in said
    assert "Основание правила. Результаты ВПР служат анализу" in said
    assert draft.blanks == (
        "дата приказа",
        "номер приказа",
        "срок для руководителей",
        "муниципальный координатор",
    )


def test_confirmed_list_waits_for_nobody(workspace: Workspace, schools: dict[str, int]) -> None:
    methodology.confirm(workspace, 2025, schools.values())
    request = OrderRequest(
        2025,
        number="5",
        deadline=date(2025, 12, 1),
        coordinator=Person("Методист", "Присказкина Василиса Бабаевна"),
        date=date(2025, 11, 1),
    )
    draft = build_order(workspace, request)
    assert draft.blanks == ()
    assert not [w for w in draft.warnings if "правила" not in w]
    assert "в перечень, методиста Присказкину В.Б." in text(draft.content)


def test_cases_are_proposed_and_may_be_corrected(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    person = Person("Главный специалист", "Небылицын Кузьма Лукич")
    draft = build_order(workspace, OrderRequest(2025, controller=person))
    assert draft.request.office_genitive == "Управления образования Тридевятого района"
    accusative = draft.request.controller.accusative
    assert accusative == f"главного специалиста Небылицына{NBSP}К.Л."
    corrected = Person("", "", "комиссию")
    draft = build_order(
        workspace, OrderRequest(2025, controller=corrected, office_genitive="Отдела")
    )
    assert "возложить на комиссию." in text(draft.content)
    assert "приказом Отдела" in text(draft.content)


def test_doubtful_case_is_told(workspace: Workspace, schools: dict[str, int]) -> None:
    draft = build_order(workspace, OrderRequest(2025, coordinator=Person("", "Ким Анна")))
    assert "«Ким Анна» в тексте приказа стоит в именительном падеже" in "\n".join(draft.warnings)
    settings.save_office(
        workspace, OfficeDetails("Тридевятое РУО", "РУО", "с. Т", "Глава", "Ким Анна")
    )
    draft = build_order(workspace, OrderRequest(2025))
    assert "не поставлено в родительный падеж" in "\n".join(draft.warnings)


def test_full_names_on_request(workspace: Workspace, schools: dict[str, int]) -> None:
    full = add_school(workspace, "Ж", full_name="Школа «Жар-птица»")
    methodology.override(workspace, 2025, full, Category.SHNOR, "перечень")
    short = build_order(workspace, OrderRequest(2025)).content
    assert [name for name, _ in tables(short)[0]] == ["А", "Б", "Ж"]
    long = build_order(workspace, OrderRequest(2025, full_names=True)).content
    assert [name for name, _ in tables(long)[0]] == ["А", "Б", "Школа «Жар-птица»"]


def test_profile_follows_the_setting(workspace: Workspace, schools: dict[str, int]) -> None:
    settings.put(workspace, settings.DOCUMENT_STANDARD, "2016")
    assert build_order(workspace, OrderRequest(2025)).content.profile == "2016"
    asked = OrderRequest(2025, profile="2025")
    assert build_order(workspace, asked).content.profile == "2025"


def test_without_requisites_there_is_no_order(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Не заполнены реквизиты"):
        build_order(workspace, OrderRequest(2025))


def test_nothing_to_list(workspace: Workspace, schools: dict[str, int]) -> None:
    with pytest.raises(UserError, match="За 2030 год нет результатов"):
        build_order(workspace, OrderRequest(2030))
    for name in "АБ":
        methodology.override(workspace, 2025, schools[name], Category.NONE, "проверка")
    with pytest.raises(UserError, match="ни одна школа не отнесена"):
        build_order(workspace, OrderRequest(2025, risk_zone=True))


def test_both_files_are_written(workspace: Workspace, schools: dict[str, int], tmp_path) -> None:
    content = build_order(workspace, OrderRequest(2025)).content
    for name in ("приказ.pdf", "приказ.docx"):
        assert write(content, tmp_path / name).stat().st_size > 10_000


def test_sentences_of_one_order_change_that_order_alone(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    own = {
        "title": "О перечне школ, которым поможет район",
        "point_tasks_1": "сказать об этом школам до {year}",
        "rule/procedure": "Процедура – это работа по предмету в классе.",
    }
    with pytest.raises(ResourceError, match="year"):
        build_order(workspace, OrderRequest(2025, sentences=own))
    own["point_tasks_1"] = "сказать об этом школам"
    said = text(build_order(workspace, OrderRequest(2025, sentences=own)).content)
    assert all(sentence in said for sentence in own.values())
    assert "Об утверждении перечня" not in said
    assert "Об утверждении перечня" in text(build_order(workspace, OrderRequest(2025)).content)


def test_a_sentence_that_the_order_has_not_is_refused(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    with pytest.raises(UserError, match="нет предложения «введение»"):
        build_order(workspace, OrderRequest(2025, sentences={"введение": "Вот"}))


def test_own_sentences_of_an_order_come_back_from_the_register(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    request = OrderRequest(2025, sentences={"title": "О помощи школам"})
    row, _ = register(workspace, build_order(workspace, request).content, request)
    assert stored_request(workspace, row.id) == request
    assert changed_data(workspace, row.id) == ()
