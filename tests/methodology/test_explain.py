"""The sentences: numbers, agreement, thresholds, and what weakens a verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.models.enums import Category
from app.services import decimals
from app.services.methodology import wording
from app.services.methodology.rules import classify_school
from app.services.methodology.types import Join, Outcome, YearsBack
from tests.methodology.builders import (
    EGE_BASIC,
    EGE_PROFILE,
    FEDERAL,
    MA4,
    MA5,
    NO_RISK,
    OGE_MA,
    RU4,
    YEAR,
    got,
    rules,
)


def reason(*outcomes: Outcome, **changes: object) -> str:
    """Return the sentence under the default rules with some parameters changed."""
    return classify_school(outcomes, rules(**changes), YEAR).reason


def warnings(*outcomes: Outcome, **changes: object) -> tuple[str, ...]:
    """Return the warnings under the default rules with some parameters changed."""
    return classify_school(outcomes, rules(**changes), YEAR).warnings


def test_rule_a_names_every_procedure_with_its_numbers() -> None:
    assert reason(got(MA4, 3, 7), got(RU4, 4, 8)) == (
        "Низкие результаты в 2025 году по двум процедурам: ВПР, математика, 4 класс – 3 из 7 "
        "(42,9 %); ВПР, русский язык, 4 класс – 4 из 8 (50,0 %); порог 30 %."
    )


def test_an_exam_is_named_without_its_only_grade() -> None:
    assert reason(got(EGE_PROFILE, 3, 7), got(OGE_MA, 1, 2)) == (
        "Низкие результаты в 2025 году по двум процедурам: ОГЭ, математика – 1 из 2 (50,0 %); "
        "ЕГЭ, математика (профильная) – 3 из 7 (42,9 %); порог 30 %."
    )


def test_rule_b_alone_tells_the_years_in_order() -> None:
    assert reason(got(MA4, 3, 7), got(MA4, 2, 5, 2024)) == (
        "Низкие результаты два года подряд по одной и той же процедуре: ВПР, математика, 4 класс "
        "– 2 из 5 (40,0 %) в 2024 году, 3 из 7 (42,9 %) в 2025 году; порог 30 %."
    )


def test_rule_b_beside_rule_a() -> None:
    assert reason(got(MA4, 3, 7), got(RU4, 4, 8), got(MA4, 2, 5, 2024)) == (
        "Низкие результаты в 2025 году по двум процедурам: ВПР, математика, 4 класс – 3 из 7 "
        "(42,9 %); ВПР, русский язык, 4 класс – 4 из 8 (50,0 %); два года подряд по той же "
        "процедуре: ВПР, математика, 4 класс – 2 из 5 (40,0 %) в 2024 году; порог 30 %."
    )


def test_rule_b_by_several_procedures() -> None:
    year = (got(MA4, 3, 7), got(RU4, 4, 8))
    past = (got(MA4, 2, 5, 2024), got(RU4, 1, 2, 2024))
    assert "; два года подряд по тем же процедурам: ВПР, математика" in reason(*year, *past)
    alone = reason(*year, *past, rule_a_procedures=None)
    assert alone.startswith("Низкие результаты два года подряд по одним и тем же процедурам: ВПР,")


def test_rule_b_with_another_low_procedure_beside() -> None:
    found = reason(got(MA4, 3, 7), got(RU4, 4, 8), got(MA4, 2, 5, 2024), rule_a_procedures=3)
    assert found.startswith("Низкие результаты в 2025 году по двум процедурам: ВПР, математика")
    assert "два года подряд по той же процедуре: ВПР, математика, 4 класс" in found


def test_rule_b_by_any_procedure_of_each_year() -> None:
    assert reason(got(MA4, 3, 7), got(RU4, 2, 5, 2024), rule_b_same=False) == (
        "Низкий результат в 2025 году по одной процедуре: ВПР, математика, 4 класс – 3 из 7 "
        "(42,9 %); два года подряд хотя бы по одной процедуре: ВПР, русский язык, 4 класс – "
        "2 из 5 (40,0 %) в 2024 году; порог 30 %."
    )


def test_rule_b_over_the_last_results_does_not_speak_of_years() -> None:
    found = reason(got(MA4, 3, 7), got(MA4, 2, 5, 2022), rule_b_years_back=YearsBack.HELD)
    assert found.startswith("Низкие результаты в последних проведениях (2) по одной и той же")


def test_the_risk_zone_names_the_signs() -> None:
    assert reason(got(MA4, 3, 7), got(RU4, 2, 8), got(RU4, 1, 10, 2024)) == (
        "Зона риска в 2025 году: ВПР, математика, 4 класс – 3 из 7 (42,9 %), низкий результат; "
        "ВПР, русский язык, 4 класс – 2 из 8 (25,0 %), близко к порогу, рост на 15,0 п. п. за "
        "год (было 1 из 10, 10,0 %); порог 30 %."
    )


def test_a_school_outside_is_told_its_largest_share() -> None:
    assert reason(got(MA4, 1, 10), got(RU4, 0, 10)) == (
        "В 2025 году низких результатов нет: учтены 2 процедуры, самая большая доля: ВПР, "
        "математика, 4 класс – 1 из 10 (10,0 %); порог 30 %."
    )
    assert reason(got(MA4, 0, 10)) == (
        "В 2025 году низких результатов нет: учтена 1 процедура, минимум по каждой из них "
        "набрали все участники; порог 30 %."
    )


def test_a_low_result_outside_the_risk_zone_is_not_hidden() -> None:
    assert reason(got(MA4, 3, 7), risk_zone=NO_RISK) == (
        "Для ШНОР в 2025 году не хватает оснований: ВПР, математика, 4 класс – 3 из 7 (42,9 %); "
        "порог 30 %."
    )


def test_no_data_says_whether_there_is_anything_at_all() -> None:
    assert reason(got(MA4, 3, 7, 2024)) == (
        "Нет данных за 2025 год: нет ни одного результата по учитываемым процедурам, поэтому "
        "категория не определена."
    )
    assert "результаты есть, но учесть их нельзя" in reason(got(MA4, 0, 0))


def test_approximate_and_unknown_counts_are_told_apart() -> None:
    found = reason(got(MA4, 3, 7, exact=False), got(RU4, None, 9, given_percent=33.33))
    assert "ВПР, математика, 4 класс – около 3 из 7 (42,9 %)" in found
    assert "ВПР, русский язык, 4 класс – 33,3 % из 9" in found


def test_a_small_sample_says_what_one_pupil_weighs() -> None:
    (small, *_) = warnings(got(MA4, 3, 7), got(RU4, 3, 10), got(MA4, 1, 3, 2024))
    assert small == (
        "Малая выборка, менее 10 участников: ВПР, математика, 4 класс, 2025 год – 7 участников "
        "(один – это 14,3 %); ВПР, математика, 4 класс, 2024 год – 3 участника (один – это "
        "33,3 %)."
    )


def test_small_samples_that_decided_nothing_are_summed_up() -> None:
    past = got(MA4, 0, 20, 2024)
    assert warnings(got(MA4, 0, 4), got(RU4, 0, 8), past) == (
        "Малая выборка, менее 10 участников: 2 процедуры – от 4 до 8 участников (один – это от "
        "12,5 % до 25,0 %).",
    )
    (beside, *_) = warnings(got(MA4, 3, 7), got(RU4, 0, 4), got(MA5, 0, 4), past)
    assert beside.endswith("; ещё 2 процедуры – 4 участника (один – это 25,0 %).")
    assert warnings(got(MA4, 0, 10), past) == ()


def test_a_borderline_share_is_marked_and_listed_as_approximate() -> None:
    past = got(MA4, 0, 20, 2024)
    found = warnings(got(MA4, None, 1000, given_percent=30.0), past, risk_zone=NO_RISK)
    assert found == (
        "Пограничное значение: доля известна с округлением и близка к порогу: ВПР, математика, "
        "4 класс, 2025 год.",
        "Числа приблизительные, в файле только округлённые проценты: ВПР, математика, 4 класс – "
        "30,0 % из 1000, 2025 год.",
    )


def test_what_could_not_be_counted_is_said_with_the_reason() -> None:
    (left_out,) = warnings(
        got(MA4, 0, 0),
        got(RU4, None, 9),
        got(MA5, 1, 3),
        got(OGE_MA, 0, 20),
        got(OGE_MA, 0, 20, 2024),
        min_participants=5,
    )
    assert left_out == (
        "Не учтено: ВПР, математика, 4 класс – нет участников или их число неизвестно; ВПР, "
        "математика, 5 класс – 3 участника, наименьшее учитываемое число – 5; ВПР, русский язык, "
        "4 класс – неизвестна доля низких результатов."
    )


def test_a_missing_last_year_is_said_once() -> None:
    (no_past,) = warnings(got(MA4, 0, 20))
    assert no_past.startswith("Нет учтённых результатов за 2024 год")
    assert warnings(got(MA4, 0, 20), rule_b_years=None, risk_zone=NO_RISK) == ()
    (only_growth,) = warnings(got(MA4, 0, 20), rule_b_years=None)
    assert only_growth == no_past


def test_a_low_procedure_without_last_year_is_said() -> None:
    outcomes = got(MA4, 10, 20), got(RU4, 0, 20, 2024)
    assert warnings(*outcomes) == (
        "За 2024 год нет результатов по тем же процедурам: ВПР, математика, 4 класс.",
    )
    assert warnings(*outcomes, rule_b_same=False) == ()
    assert warnings(*outcomes, rule_b_years_back=YearsBack.HELD) == ()
    # For a school in the list it would change nothing.
    assert warnings(*outcomes, got(RU4, 10, 20)) == ()


def test_a_join_by_and_is_explained_by_both_rules() -> None:
    found = reason(got(MA4, 3, 7), got(RU4, 4, 8), got(MA4, 2, 5, 2024), join=Join.AND)
    assert "по двум процедурам" in found
    assert "два года подряд" in found


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "по одной процедуре"),
        (2, "по двум процедурам"),
        (10, "по десяти процедурам"),
        (11, "по 11 процедурам"),
        (21, "по 21 процедуре"),
    ],
)
def test_procedures_in_the_dative(number: int, text: str) -> None:
    assert wording.by_procedures(number) == text


def test_years_running() -> None:
    assert [wording.years_running(n) for n in (2, 3, 4, 5)] == [
        "два года подряд",
        "три года подряд",
        "четыре года подряд",
        "5 лет подряд",
    ]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(300, 7), "42,9 %"),
        (Fraction(30), "30,0 %"),
        (Fraction(2996, 100), "29,96 %"),
        (Fraction(2_999_996, 100_000), "29,99996 %"),
        (Fraction(30) - Fraction(1, 10**9), "29,99999 %"),
        (Fraction(1996, 100), "19,96 %"),
        (Fraction(25, 2), "12,5 %"),
        (Fraction(1, 20), "0,1 %"),
    ],
)
def test_a_share_reads_on_its_own_side_of_every_limit(share: Fraction, text: str) -> None:
    assert f"{decimals.share(share, Fraction(30), Fraction(20))} %" == text


def test_a_share_below_the_zone_of_risk_does_not_read_as_in_it() -> None:
    near = got(MA4, 499, 2500)
    assert "самая большая доля: ВПР, математика, 4 класс – 499 из 2500 (19,96 %)" in (
        classify_school([near], FEDERAL, YEAR).reason
    )
    off = rules(risk_zone=NO_RISK)
    assert "499 из 2500 (20,0 %)" in classify_school([near], off, YEAR).reason


def test_the_category_and_the_sentence_speak_of_the_same() -> None:
    verdict = classify_school([got(EGE_BASIC, 1, 3)], FEDERAL, YEAR)
    assert verdict.category is Category.RISK_ZONE
    assert verdict.reason.startswith("Зона риска")


def test_small_samples_and_borderline_shares_can_be_asked_for() -> None:
    rounded_off = got(MA4, 3, 10, exact=False, given_percent=29.96)
    verdict = classify_school([rounded_off], rules(), YEAR)
    assert (verdict.borderline, verdict.small_sample) == (True, False)
    verdict = classify_school([got(MA4, 3, 9)], rules(), YEAR)
    assert (verdict.borderline, verdict.small_sample) == (False, True)
