"""ШНСУ, резильентность and clusters: what the conditions of a school add to its results.

Sources: S4 (ШНСУ are short of resources and have the lowest ИСБ), domain.md §1.3 (the matrix of
results and conditions, which is our own design) and §2 (the cut-off is regional: a quartile of the
district is a labelled fallback).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from fractions import Fraction

from app.models.enums import Category
from app.services.decimals import plain, share
from app.services.methodology.isb import lower_quartile
from app.services.methodology.types import (
    Cluster,
    ClusterSign,
    CutoffInUse,
    Deficit,
    Findings,
    IsbSource,
    Outcome,
    RegionQuartile,
    RuleSet,
    SocialEvidence,
    SocialRule,
    SocialStatus,
    SocialVerdict,
)
from app.services.methodology.wording import rounded, told_apart

_ELSEWHERE = {
    IsbSource.REGION: "; есть социальный паспорт, источник ИСБ выбирается в методике",
    IsbSource.PASSPORT: "; есть готовый ИСБ региона, источник ИСБ выбирается в методике",
}


def cutoff_set(rule: SocialRule, year: int) -> CutoffInUse | None:
    """Return the cut-off that the methodology names for the year."""
    for given in rule.cutoffs:
        if given.year == year:
            doubt = "" if given.confirmed else ", не подтверждено"
            return CutoffInUse(Fraction(given.value), f"{given.source}{doubt}")
    return None


def cutoff_for(rule: SocialRule, year: int, known: Collection[Fraction]) -> CutoffInUse | None:
    """Return the cut-off of the year, else the district quartile where it may serve, else None.

    ``known`` are the ИСБ of all schools that have one.
    """
    settled = cutoff_set(rule, year)
    if settled is not None:
        return settled
    least = rule.quartile_from_schools
    quartile = lower_quartile(known)
    if least is None or len(known) < least or quartile is None:
        return None
    source = f"запасной способ: нижний квартиль района, школ с ИСБ – {len(known)}"
    return CutoffInUse(quartile, source, fallback=True)


def judge(evidence: SocialEvidence, rule: SocialRule) -> SocialVerdict:
    """Return whether the conditions make the school ШНСУ, with the numbers in a sentence."""
    verdict = _judge(evidence, rule)
    return replace(verdict, warnings=(*verdict.warnings, *evidence.notes))


def _judge(evidence: SocialEvidence, rule: SocialRule) -> SocialVerdict:
    value, cutoff, quartile = evidence.isb, evidence.cutoff, _quartile(evidence)
    if quartile is not None:
        of = "не нижний" if quartile.number is None else f"{quartile.number}-й"
        index = "ИСБ числом не назван" if value is None else f"ИСБ {rounded(value)}"
        figures = f"{index}, {of} квартиль школ региона ({quartile.source})"
    elif value is None:
        return SocialVerdict(SocialStatus.UNKNOWN, _no_index(evidence, rule), evidence)
    elif cutoff is not None:
        place = f"при границе {told_apart(cutoff.value, value)} ({cutoff.source})"
        figures = f"ИСБ {told_apart(value, cutoff.value)} {place}"
    else:
        text = f"ШНСУ не определена: ИСБ {rounded(value)}, но граница ИСБ на этот год не задана."
        return SocialVerdict(SocialStatus.UNKNOWN, text, evidence)
    if not _is_lowest(evidence):
        return SocialVerdict(SocialStatus.NO, f"Не ШНСУ: {figures}.", evidence)
    return _with_deficits(figures, evidence, rule)


def _is_lowest(evidence: SocialEvidence) -> bool:
    """Return whether the ИСБ is known to be among the lowest.

    Source: S4, «нижний квартиль школ республики»: what the region itself says comes before a
    quartile of the district, and a cut-off that is set before both.
    """
    value, cutoff, quartile = evidence.isb, evidence.cutoff, _quartile(evidence)
    if quartile is not None:
        return quartile.number == 1
    return value is not None and cutoff is not None and value <= cutoff.value


def _quartile(evidence: SocialEvidence) -> RegionQuartile | None:
    """Return the region's quartile where it decides."""
    set_by_someone = evidence.cutoff is not None and not evidence.cutoff.fallback
    return None if set_by_someone else evidence.quartile


def is_poor(evidence: SocialEvidence, rule: SocialRule) -> bool:
    """Return whether the conditions make the school ШНСУ."""
    if not _is_lowest(evidence):
        return False
    return not rule.deficits_needed or len(evidence.deficits or ()) >= rule.deficits_needed


def joined(results: Category, poor: bool) -> Category:
    """Return the category of results and conditions together (domain.md §1.3, our design)."""
    shnor = results is Category.SHNOR
    return Category.of(shnor=shnor, shnsu=poor) if shnor or poor else results


def category(results: Category, social: SocialVerdict | None) -> Category:
    """Return the same of a verdict about conditions, or of none."""
    return joined(results, social is not None and social.status is SocialStatus.SHNSU)


def is_resilient(
    found: Findings, joined: Category, rules: RuleSet, median_percent: Fraction | None
) -> bool:
    """Return whether a ШНСУ holds results: nothing low, its «2» not above the median.

    Source: domain.md §1.3, labelled «расчёт программы».
    """
    if rules.social is None or not rules.social.resilient or joined is not Category.SHNSU:
        return False
    mine = weighted_percent(found.counted)
    if found.low or mine is None or median_percent is None:
        return False
    return mine <= median_percent


def weighted_percent(outcomes: Iterable[Outcome]) -> Fraction | None:
    """Return Σ«2» / Σ participants in per cent, over the outcomes whose counts are known."""
    known = [(o.below, o.participants) for o in outcomes if o.below is not None and o.participants]
    if not known:
        return None
    return Fraction(100 * sum(below for below, _ in known), sum(n or 0 for _, n in known))


def cluster_of(found: Findings, joined: Category, rules: RuleSet) -> Cluster | None:
    """Return the first cluster whose sign the school has."""
    failing = any(outcome.percent for outcome in found.counted)
    signs = signs_of(joined, low=bool(found.low), failing=failing, watched=bool(found.signs))
    return first_cluster(signs, rules.clusters)


def signs_of(
    joined: Category, *, low: bool, failing: bool, watched: bool
) -> frozenset[ClusterSign]:
    """Return the signs that clusters look for; ``watched`` means «зона риска» by results."""
    held = {
        ClusterSign.SHNOR: joined.has_shnor,
        ClusterSign.LOW: low,
        ClusterSign.FAILING: failing,
        ClusterSign.RISK_ZONE: watched,
        ClusterSign.SHNSU: joined.has_shnsu,
    }
    return frozenset(sign for sign, holds in held.items() if holds)


def first_cluster(signs: frozenset[ClusterSign], clusters: Iterable[Cluster]) -> Cluster | None:
    """Return the first cluster that has one of the signs."""
    return next((cluster for cluster in clusters if signs & set(cluster.signs)), None)


def _no_index(evidence: SocialEvidence, rule: SocialRule) -> str:
    other = _ELSEWHERE[rule.isb_source] if evidence.elsewhere else ""
    if evidence.listed:
        return f"ШНСУ не определена, нет данных: в файле региона ИСБ школы числом не назван{other}."
    if rule.isb_source is IsbSource.REGION:
        return f"ШНСУ не определена, нет данных: готового ИСБ региона по школе нет{other}."
    if evidence.known_percent is None:
        return f"ШНСУ не определена, нет данных: социального паспорта школы нет{other}."
    enough = rule.model.enough_percent
    known = share(evidence.known_percent, Fraction(enough))
    return (
        f"ШНСУ не определена, недостаточно данных: паспорт даёт {known} % веса показателей ИСБ, "
        f"нужно не менее {plain(enough)} %{other}."
    )


def _with_deficits(figures: str, evidence: SocialEvidence, rule: SocialRule) -> SocialVerdict:
    marked = evidence.deficits
    if rule.deficits_needed and marked is None:
        text = f"ШНСУ не определена: {figures}; дефицит ресурсов по школе не отмечен."
        warning = (
            "ИСБ среди самых низких: отметьте, каких ресурсов не хватает, иначе ШНСУ не решить."
        )
        return SocialVerdict(SocialStatus.UNKNOWN, text, evidence, (warning,))
    short = marked or frozenset()
    listed = ", ".join(kind.value for kind in Deficit if kind in short)
    if len(short) < rule.deficits_needed:
        text = f"Не ШНСУ: {figures}; дефицитов ресурсов меньше {rule.deficits_needed}."
        return SocialVerdict(SocialStatus.NO, text, evidence)
    also = f"; не хватает ресурсов: {listed}" if listed else ""
    return SocialVerdict(SocialStatus.SHNSU, f"ШНСУ: {figures}{also}.", evidence, _doubt(evidence))


def _doubt(evidence: SocialEvidence) -> tuple[str, ...]:
    if evidence.cutoff is None or not evidence.cutoff.fallback or _quartile(evidence):
        return ()
    return (
        "Граница ИСБ взята как нижний квартиль района: регион может считать её по всем своим "
        "школам.",
    )
