"""Russian titles of the parameters of a methodology."""

from __future__ import annotations

PARAMETER_TITLES = {
    "threshold_percent": "Порог низкого результата",
    "rule_a_procedures": "Правило А: низких процедур за год",
    "rule_b_years": "Правило Б: лет подряд",
    "rule_b_same": "Правило Б: та же процедура или любая",
    "rule_b_years_back": "Как считать годы подряд",
    "join": "Связь правил А и Б",
    "min_participants": "Наименьшее число участников",
    "small_sample": "Малая выборка",
    "borderline_points": "Пограничное значение",
    "risk_one_low_procedure": "Зона риска: одна низкая процедура",
    "risk_near_from_percent": "Зона риска: близко к порогу",
    "risk_growth_points": "Зона риска: рост доли «2»",
    "bias_policy": "ВПР с признаками необъективности",
    "isb_source": "Откуда ИСБ",
    "quartile_from_schools": "Квартиль района",
    "deficits_needed": "Сколько нужно дефицитов ресурсов",
    "resilient": "Называть ли школы резильентными",
}
"""By the key of the data file."""
