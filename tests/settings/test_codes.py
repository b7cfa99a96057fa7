"""Codes of an organisation: right ones pass, a slip of the finger is told, nothing is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.services import settings
from app.services.settings.codes import code_remarks
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS

EMPTY = {"inn": "", "kpp": "", "ogrn": "", "okpo": "", "email": ""}


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("inn", "7707083893"),
        ("inn", "500100732259"),
        ("ogrn", "1027700132195"),
        ("ogrn", "304500116000157"),
        ("okpo", "00032537"),
        ("kpp", "773601001"),
        ("kpp", "7736AB001"),
        ("email", "uo@example.ru"),
    ],
)
def test_right_codes_are_not_doubted(field: str, code: str) -> None:
    assert code_remarks(**{**EMPTY, field: code}) == {}


@pytest.mark.parametrize(
    ("field", "code", "told"),
    [
        ("inn", "7707083894", "Контрольная цифра ИНН"),
        ("inn", "500100732258", "Контрольная цифра ИНН"),
        ("inn", "770708389", "10 цифр"),
        ("inn", "77О7083893", "10 цифр"),
        ("inn", "٧٧٠٧٠٨٣٨٩٣", "10 цифр"),
        ("ogrn", "1027700132196", "Контрольная цифра ОГРН"),
        ("ogrn", "304500116000158", "Контрольная цифра ОГРН"),
        ("ogrn", "10277001321", "13 цифр"),
        ("okpo", "00032538", "Контрольная цифра ОКПО"),
        ("okpo", "0003", "8 цифр"),
        ("kpp", "77360100", "девять знаков"),
        ("kpp", "77360100А", "девять знаков"),
        ("email", "uo.example.ru", "электронной почты"),
    ],
)
def test_doubtful_codes_are_told(field: str, code: str, told: str) -> None:
    found = code_remarks(**{**EMPTY, field: code})
    assert list(found) == [field]
    assert told in found[field]


def test_a_doubtful_code_is_stored_all_the_same(workspace: Workspace) -> None:
    details = replace(DETAILS, inn="1234567890", kpp=" 123 ")
    settings.save_office(workspace, details)
    stored = settings.office(workspace)
    assert stored is not None
    assert (stored.inn, stored.kpp) == ("1234567890", "123")
    assert set(settings.office_remarks(stored)) == {"inn", "kpp"}
