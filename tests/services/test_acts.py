"""How acts are known inside a text."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.acts import dated_acts, names_act, parse_act


@pytest.mark.parametrize(
    "text",
    [
        "письмо от 18.04.2025 № 02-86",
        "приказ от 26 февраля 2021 г. № 15",
        "Приказ ОТ 6 МАЯ 2019 года, регистрационный № 590",
    ],
)
def test_an_act_is_known_by_its_date_and_number(text: str) -> None:
    assert names_act(text)
    assert parse_act(text).date is not None


@pytest.mark.parametrize(
    "text", ["от 5 классов 2021 № 3", "№ 3 от 01.02.2020", "от 01.02.2020", "с 01.02.2020 № 3"]
)
def test_what_has_no_date_before_its_number_is_none(text: str) -> None:
    assert not names_act(text)


def test_dates_of_all_acts_are_found_and_impossible_ones_are_none() -> None:
    text = "по приказам от 28.02.2022 № 8, от 3 марта 2022 года № 9 и от 31.02.2022 № 1"
    assert [day for _, day in dated_acts(text)] == [date(2022, 2, 28), date(2022, 3, 3)]
    assert next(dated_acts(text))[0] == "от 28.02.2022 №"
