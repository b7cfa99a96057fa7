"""Which schools need support and why: computed by versioned rules, decided by people."""

from app.services.methodology.bias import ADVICE as SIGNAL_ADVICE
from app.services.methodology.bias import Limits as BiasLimits
from app.services.methodology.bias import Signal, SignalKind
from app.services.methodology.bias import deviation as deviation_signal
from app.services.methodology.bias import journal as journal_signal
from app.services.methodology.bias import jumps as jump_signals
from app.services.methodology.bias import later as later_signal
from app.services.methodology.bias_limits import bias_limits as signal_limits
from app.services.methodology.classifying import (
    classify,
    region_quartiles,
    rules_for,
    since_last_year,
    years_decided,
    years_to_decide,
)
from app.services.methodology.deciding import CATEGORIES, confirm, override, withdraw
from app.services.methodology.deficits import mark_deficits
from app.services.methodology.faults import grades_fault, new_faults, subject_fault
from app.services.methodology.isb import Contribution, IsbIndicator, IsbModel
from app.services.methodology.library import (
    KnownRules,
    YearRules,
    apply_rules,
    default_rules,
    edited,
    export_rules,
    import_rules,
    known_rules,
    rules_by_name,
    year_rules,
)
from app.services.methodology.protocol import BASIS_TITLES, ProtocolRow, protocol
from app.services.methodology.report import report_json
from app.services.methodology.shares import is_low
from app.services.methodology.since import changed_since
from app.services.methodology.titles import PARAMETER_TITLES
from app.services.methodology.types import (
    BiasPolicy,
    Cluster,
    ClusterSign,
    CountedProcedures,
    Deficit,
    Distance,
    IsbCutoff,
    IsbSource,
    Join,
    LegalBasis,
    Margin,
    Outcome,
    ParameterNote,
    ProcedureKey,
    RiskZoneRule,
    RuleSet,
    SocialRule,
    SocialStatus,
    SocialVerdict,
    Verdict,
    YearsBack,
)
from app.services.methodology.verdicts import (
    Classification,
    Codes,
    DecisionRow,
    RegionOpinion,
    SchoolVerdict,
)
from app.services.methodology.what_if import Change, ClusterMove, Comparison, WhatIf
from app.services.methodology.wording import procedure_title
from app.services.procedures import subject_names

__all__ = [
    "BASIS_TITLES",
    "CATEGORIES",
    "PARAMETER_TITLES",
    "SIGNAL_ADVICE",
    "BiasLimits",
    "BiasPolicy",
    "Change",
    "Classification",
    "Cluster",
    "ClusterMove",
    "ClusterSign",
    "Codes",
    "Comparison",
    "Contribution",
    "CountedProcedures",
    "DecisionRow",
    "Deficit",
    "Distance",
    "IsbCutoff",
    "IsbIndicator",
    "IsbModel",
    "IsbSource",
    "Join",
    "KnownRules",
    "LegalBasis",
    "Margin",
    "Outcome",
    "ParameterNote",
    "ProcedureKey",
    "ProtocolRow",
    "RegionOpinion",
    "RiskZoneRule",
    "RuleSet",
    "SchoolVerdict",
    "Signal",
    "SignalKind",
    "SocialRule",
    "SocialStatus",
    "SocialVerdict",
    "Verdict",
    "WhatIf",
    "YearRules",
    "YearsBack",
    "apply_rules",
    "changed_since",
    "classify",
    "confirm",
    "default_rules",
    "deviation_signal",
    "edited",
    "export_rules",
    "grades_fault",
    "import_rules",
    "is_low",
    "journal_signal",
    "jump_signals",
    "known_rules",
    "later_signal",
    "mark_deficits",
    "new_faults",
    "override",
    "procedure_title",
    "protocol",
    "region_quartiles",
    "report_json",
    "rules_by_name",
    "rules_for",
    "signal_limits",
    "since_last_year",
    "subject_fault",
    "subject_names",
    "withdraw",
    "year_rules",
    "years_decided",
    "years_to_decide",
]
