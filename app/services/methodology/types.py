"""Frozen types of the rules: what goes in (outcomes, a rule set) and what comes out (a verdict)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from fractions import Fraction

from app.models.enums import AssessmentKind, Category
from app.services.methodology.isb import Contribution, IsbModel


@dataclass(frozen=True, slots=True, order=True)
class ProcedureKey:
    """A procedure without its year: two grades of one subject are two procedures."""

    kind: AssessmentKind
    subject: str
    grade: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a school achieved in a procedure of a year; ``below`` of ``participants`` pupils.

    ``exact`` is False when ``below`` was recovered from a rounded percentage that fits several
    whole numbers; ``given_percent`` is that percentage as the file writes it.  None is "not known".
    """

    procedure: ProcedureKey
    year: int
    participants: int | None
    below: int | None
    exact: bool = True
    given_percent: float | None = None

    @property
    def percent(self) -> float | None:
        """Share of ``below`` in per cent: from the counts, else as given, else not known."""
        if not self.participants:
            return None
        if self.below is None:
            return self.given_percent
        return 100.0 * self.below / self.participants


NO_DATA = "нет данных"
"""What stands where a category would: «вне групп» is a finding, the want of data is none."""


class Join(StrEnum):
    """How rules A and B make a school ШНОР together."""

    OR = "или"
    AND = "и"


class YearsBack(StrEnum):
    """What «два года подряд» means when a school had no result in a year."""

    CALENDAR = "календарные годы"
    HELD = "последние два проведения"
    """The school's own last results in the procedure, up to and with the year itself."""


@dataclass(frozen=True, slots=True)
class CountedProcedures:
    """Procedures of one kind that count; ``grades`` None means every grade."""

    kind: AssessmentKind
    subjects: tuple[str, ...]
    grades: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An act or source behind the rules; an unconfirmed one is shown as such."""

    title: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ParameterNote:
    """Where the value of one parameter comes from; ``name`` is the key in the data file."""

    name: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RiskZoneRule:
    """When a school that is not ШНОР is watched; per cents and percentage points, None is off."""

    one_low_procedure: bool
    near_from_percent: Decimal | None
    growth_points: Decimal | None


class BiasPolicy(StrEnum):
    """What becomes of a ВПР for which the official list marks the school."""

    IGNORE = "не учитывать"
    MARK = "отмечать"
    EXCLUDE = "исключать ВПР"


class IsbSource(StrEnum):
    """Where the ИСБ comes from; the two are never mixed in one year: their scales differ."""

    PASSPORT = "социальные паспорта"
    REGION = "готовый ИСБ региона"


@dataclass(frozen=True, slots=True)
class IsbCutoff:
    """The ИСБ of a year up to which a school is among the lowest, with who set it."""

    year: int
    value: Decimal
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class SocialRule:
    """When a school is ШНСУ: an ИСБ up to the cut-off and, where asked for, short resources."""

    isb_source: IsbSource
    model: IsbModel
    cutoffs: tuple[IsbCutoff, ...]
    quartile_from_schools: int | None
    """Without a cut-off the lowest quartile of so many schools or more serves; None: never."""
    deficits_needed: int
    """At least so many kinds of resources must be short; 0 asks for none."""
    resilient: bool
    """Whether ШНСУ with results not below the median of the district are named резильентная."""
    notes: tuple[ParameterNote, ...] = ()


class ClusterSign(StrEnum):
    """A condition of a cluster; one is enough."""

    SHNOR = "ШНОР"
    LOW = "низкий результат по процедуре"
    FAILING = "есть участники ниже минимума"
    RISK_ZONE = "зона риска"
    SHNSU = "ШНСУ"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of schools for support; a school is in the first whose sign it has."""

    number: int
    title: str
    signs: tuple[ClusterSign, ...]
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a methodology; see ``resources/methodologies`` for the data and sources.

    Per cents are Decimal: at the threshold a binary fraction would decide wrongly.
    """

    key: str
    version: int
    title: str
    first_year: int
    last_year: int | None
    legal_basis: tuple[LegalBasis, ...]
    counted: tuple[CountedProcedures, ...]
    threshold_percent: Decimal
    rule_a_procedures: int | None
    """Rule A: at least so many different low procedures in one year; None switches it off."""
    rule_b_years: int | None
    """Rule B: low so many years running; None switches it off."""
    rule_b_same: bool
    """Rule B looks at the same procedure; otherwise at any low procedure in each year."""
    rule_b_years_back: YearsBack
    join: Join
    min_participants: int
    small_sample: int
    """Below so many participants the sentence warns of a small sample."""
    borderline_points: Decimal
    """A rounded share nearer to the threshold than this, in points, is marked «пограничное»."""
    risk_zone: RiskZoneRule
    bias_policy: BiasPolicy = BiasPolicy.IGNORE
    social: SocialRule | None = None
    """None: the methodology does not decide on ШНСУ."""
    clusters: tuple[Cluster, ...] = ()
    notes: tuple[ParameterNote, ...] = ()

    def counts(self, procedure: ProcedureKey) -> bool:
        """Return whether the procedure counts at all."""
        return any(
            procedure.kind is counted.kind
            and procedure.subject in counted.subjects
            and (counted.grades is None or procedure.grade in counted.grades)
            for counted in self.counted
        )


@dataclass(frozen=True, slots=True)
class Margin:
    """How far one counted procedure of the year is from the threshold.

    ``points`` is its share minus the threshold, in percentage points; ``pupils`` is the smallest
    number of pupils whose result would have to change for the procedure to cross it.
    """

    outcome: Outcome
    points: float
    pupils: int


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a school is from the border of ШНОР, on its own side of it.

    For a school inside, ``pupils`` is the smallest number of pupils whose results would have to
    rise above the minimum for it to leave; for one outside, whose fall would bring it in.  None
    where nothing was counted, or where the counted procedures are too few for the rule.
    """

    pupils: int | None
    text: str
    """One Russian sentence."""
    steps: tuple[Margin, ...] = ()
    """The procedures of that shortest way."""
    margins: tuple[Margin, ...] = ()
    """Every counted procedure of the year, the worst first."""


class RiskKind(Enum):
    """Why an outcome is watched although the school is not ШНОР."""

    LOW = "low"
    NEAR = "near"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class RiskSign:
    """A sign of the «зона риска»; ``before`` is the year before where growth was seen."""

    kind: RiskKind
    outcome: Outcome
    before: Outcome | None = None


class Deficit(StrEnum):
    """A kind of resources that a school may be short of (постановление Сергокалинского района)."""

    STAFF = "кадры"
    FACILITIES = "материально-техническая база"
    FINANCE = "финансы"


@dataclass(frozen=True, slots=True)
class CutoffInUse:
    """The cut-off that served in a year; ``fallback`` marks the quartile of the district."""

    value: Fraction
    source: str
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class RegionQuartile:
    """The quartile of the ИСБ among the schools of the region, as its file gives it: 1 to 4."""

    number: int | None
    """1 is the lowest; None where the region says only that the school is not in the lowest."""
    source: str


@dataclass(frozen=True, slots=True)
class SocialEvidence:
    """What is known of the conditions of a school in the year; None is "not known"."""

    isb: Fraction | None = None
    contributions: tuple[Contribution, ...] = ()
    known_percent: Fraction | None = None
    """Share of the weight that the passport covers; None without a passport."""
    cutoff: CutoffInUse | None = None
    deficits: frozenset[Deficit] | None = None
    """Kinds of resources marked as short; empty: it was looked at and none is."""
    quartile: RegionQuartile | None = None
    """The region's own: it says more than a quartile of the district."""
    elsewhere: bool = False
    """The source of the ИСБ that the methodology does not use knows the school."""
    listed: bool = False
    """The region has a record of the school, with a number of the ИСБ in it or without."""
    notes: tuple[str, ...] = ()
    """What the region's file says that could not be used, or is in doubt, in Russian sentences."""


NO_SOCIAL = SocialEvidence()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What bears on a category beside the results of the school."""

    biased: frozenset[tuple[ProcedureKey, int]] = frozenset()
    """Procedures and years for which the official list marks the school."""
    social: SocialEvidence = NO_SOCIAL
    median_percent: Fraction | None = None
    """Median share of low results of the schools of the district in the year."""


NO_EVIDENCE = Evidence()


class SocialStatus(Enum):
    """What the rules say of the conditions."""

    SHNSU = "shnsu"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SocialVerdict:
    """Whether the school is ШНСУ, with one Russian sentence; ``evidence`` holds the numbers."""

    status: SocialStatus
    text: str
    evidence: SocialEvidence
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found before it is put into words; lists are in the order of procedures."""

    year: int
    category: Category
    counted: tuple[Outcome, ...]
    """Outcomes of the year that count."""
    low: tuple[Outcome, ...]
    """Those of them that are low."""
    rule_a: bool
    rule_b: tuple[ProcedureKey, ...]
    run: tuple[Outcome, ...]
    """Low outcomes of earlier years that rule B rests on."""
    signs: tuple[RiskSign, ...]
    unmatched: tuple[Outcome, ...]
    """Low outcomes of the year whose earlier years, needed for rule B, have no result."""
    has_past: bool
    """The year before has at least one counted outcome."""
    left_out: tuple[Outcome, ...] = ()
    """Outcomes of the year in counted procedures that could not be counted."""
    biased: tuple[Outcome, ...] = ()
    """Outcomes for which the official list marks the school, where the policy asks for them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one school in one year, with everything the sentence is made of."""

    category: Category
    low: tuple[Outcome, ...]
    """Low outcomes of the year and, for rule B, those of the earlier years it rests on."""
    rule_a: bool
    rule_b: tuple[ProcedureKey, ...]
    """Procedures of the year by which rule B holds."""
    counted: int
    """How many outcomes of the year were counted at all."""
    risk_notes: tuple[str, ...]
    distance: Distance
    warnings: tuple[str, ...]
    reason: str
    """One Russian sentence."""
    no_data: bool = False
    """Nothing was counted in the year: the category is «вне групп» only for want of data."""
    social: SocialVerdict | None = None
    """None where the methodology does not decide on ШНСУ."""
    resilient: bool = False
    """ШНСУ with results not below the median of the district: «резильентная», a mark beside the
    category and no category of its own."""
    cluster: Cluster | None = None
    borderline: bool = False
    """A share that is known only rounded stands so near to the threshold that it may be low."""
    small_sample: bool = False
    """A counted procedure had so few participants that one of them moves the share much."""

    @property
    def word(self) -> str:
        """The category in a word; a school without data is in none, and is said to be so."""
        return NO_DATA if self.no_data else self.category.value
