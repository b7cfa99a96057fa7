"""Which schools need support and why: computed by versioned rules, decided by people."""

from app.services.methodology.classifying import classify, rules_for
from app.services.methodology.deciding import CATEGORIES, confirm, override, withdraw
from app.services.methodology.report import report_json
from app.services.methodology.shares import is_low
from app.services.methodology.types import (
    CountedProcedures,
    Distance,
    Join,
    LegalBasis,
    Margin,
    Outcome,
    ProcedureKey,
    RiskZoneRule,
    RuleSet,
    Verdict,
    YearsBack,
)
from app.services.methodology.verdicts import Classification, Codes, DecisionRow, SchoolVerdict
from app.services.methodology.wording import procedure_title

__all__ = [
    "CATEGORIES",
    "Classification",
    "Codes",
    "CountedProcedures",
    "DecisionRow",
    "Distance",
    "Join",
    "LegalBasis",
    "Margin",
    "Outcome",
    "ProcedureKey",
    "RiskZoneRule",
    "RuleSet",
    "SchoolVerdict",
    "Verdict",
    "YearsBack",
    "classify",
    "confirm",
    "is_low",
    "override",
    "procedure_title",
    "report_json",
    "rules_for",
    "withdraw",
]
