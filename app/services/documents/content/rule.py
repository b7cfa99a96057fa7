"""The rule of a methodology in words, as it stands under a list."""

from __future__ import annotations

from textwrap import shorten

from app.services.acts import names_act
from app.services.decimals import plain
from app.services.documents.content.facts import Say
from app.services.documents.language import inside, listing, typeset
from app.services.methodology.types import CountedProcedures, Join, LegalBasis, RuleSet
from app.services.russian import counted

_SHOWN = 60
_YEARS_RUNNING = ("год", "года", "лет")
_OF_YEARS = ("года", "лет", "лет")


def rule_in_words(rules: RuleSet, say: Say) -> str:
    """Return the whole rule as sentences: what is low, what counts, who is included."""
    sentences = [
        say("low", percent=plain(rules.threshold_percent)),
        say("procedure"),
        say("counted", counted="; ".join(_counted(item, say) for item in rules.counted)),
        say("include", conditions=_conditions(rules, say)),
    ]
    if rules.min_participants > 1:
        sentences.append(say("minimum", pupils=str(rules.min_participants)))
    return typeset(" ".join(sentences))


def risk_rule_in_words(rules: RuleSet, say: Say) -> str:
    """Return the rule of the «зона риска»: who is near the list without being in it."""
    sentences = [
        say("low", percent=plain(rules.threshold_percent)),
        say("counted", counted="; ".join(_counted(item, say) for item in rules.counted)),
        say("risk", conditions="; ".join(_risk_conditions(rules, say))),
    ]
    return typeset(" ".join(sentences))


def basis_in_words(basis: tuple[LegalBasis, ...], say: Say) -> str:
    """Return the acts behind the rule; empty where none is known by its date and number.

    Where a wording was found, and what nobody has confirmed, is for the person who makes the
    paper (``not_printed``) and not for its reader.
    """
    acts = [_basis(item, say) for item in basis if _is_act(item)]
    return typeset("; ".join(acts) + ".") if acts else ""


def not_printed(basis: tuple[LegalBasis, ...]) -> tuple[str, ...]:
    """Return what is to be known of the basis before signing, a sentence each."""
    told = [
        f"«{shorten(item.title, _SHOWN, placeholder='…')}»" for item in basis if not _is_act(item)
    ]
    if not told:
        return ()
    return (
        "В основании правила не напечатано то, за чем нет подтверждённого акта с датой и номером: "
        f"{'; '.join(told)}. Акт своего региона впишите в окне «Методика».",
    )


def _is_act(item: LegalBasis) -> bool:
    return item.confirmed and any(map(names_act, (item.title, item.source)))


def _basis(item: LegalBasis, say: Say) -> str:
    title = item.title.rstrip(".")
    if names_act(title):
        return title
    return say("confirmed", title=title, source=inside(item.source.rstrip(".")))


def _counted(item: CountedProcedures, say: Say) -> str:
    subjects = ", ".join(inside(subject) for subject in item.subjects)
    if item.grades is None:
        return say("counted_all_grades", kind=item.kind.value, subjects=subjects)
    grades = ", ".join(str(grade) for grade in item.grades)
    classes = say("class" if len(item.grades) == 1 else "classes")
    kind = item.kind.value
    return say("counted_grades", kind=kind, subjects=subjects, grades=grades, classes=classes)


def _conditions(rules: RuleSet, say: Say) -> str:
    found = [*_in_one_year(rules, say), *_years_running(rules, say)]
    if len(found) < 2:
        return listing(found)
    key = "both" if rules.join is Join.AND else "any"
    return say(key, first=found[0], second=found[1])


def _in_one_year(rules: RuleSet, say: Say) -> list[str]:
    if rules.rule_a_procedures is None:
        return []
    if rules.rule_a_procedures == 1:
        return [say("condition_year_one")]
    return [say("condition_year", count=str(rules.rule_a_procedures))]


def _years_running(rules: RuleSet, say: Say) -> list[str]:
    if rules.rule_b_years is None:
        return []
    words = _YEARS_RUNNING if rules.rule_b_same else _OF_YEARS
    years = counted(rules.rule_b_years, *words)
    return [say("condition_same" if rules.rule_b_same else "condition_each", years=years)]


def _risk_conditions(rules: RuleSet, say: Say) -> list[str]:
    risk = rules.risk_zone
    conditions = [say("risk_one_low")] if risk.one_low_procedure else []
    if risk.near_from_percent is not None:
        near, percent = plain(risk.near_from_percent), plain(rules.threshold_percent)
        conditions.append(say("risk_near", near=near, percent=percent))
    if risk.growth_points is not None:
        conditions.append(say("risk_growth", points=plain(risk.growth_points)))
    return conditions
