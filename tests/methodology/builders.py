"""Short ways to say outcomes and rules in the tests of the methodology."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.models.enums import AssessmentKind
from app.paths import resource
from app.services.methodology.loading import load
from app.services.methodology.types import Outcome, ProcedureKey, RiskZoneRule, RuleSet

FEDERAL = load(resource("methodologies", "federal-1.json"))
DAGESTAN = load(resource("methodologies", "dagestan-1.json"))
GIA = load(resource("methodologies", "gia-1.json"))
NO_RISK = RiskZoneRule(one_low_procedure=False, near_from_percent=None, growth_points=None)
YEAR = 2025

VPR, OGE, EGE = AssessmentKind.VPR, AssessmentKind.OGE, AssessmentKind.EGE
MA4 = ProcedureKey(VPR, "Математика", 4)
RU4 = ProcedureKey(VPR, "Русский язык", 4)
MA5 = ProcedureKey(VPR, "Математика", 5)
OGE_MA = ProcedureKey(OGE, "Математика", 9)
EGE_PROFILE = ProcedureKey(EGE, "Математика (профильная)", 11)
EGE_BASIC = ProcedureKey(EGE, "Математика (базовая)", 11)


def rules(**changes: Any) -> RuleSet:
    """Return the default rules with some parameters changed."""
    return replace(FEDERAL, **changes)


def got(
    procedure: ProcedureKey,
    below: int | None,
    participants: int | None,
    year: int = YEAR,
    **more: Any,
) -> Outcome:
    """Return «below of participants» in a procedure of a year."""
    return Outcome(procedure, year, participants, below, **more)
