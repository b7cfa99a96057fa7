"""The part of a methodology file about conditions: the model of the ИСБ, cut-offs, clusters."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from app.errors import ResourceError
from app.paths import resource
from app.services.methodology.isb import IsbIndicator, IsbModel
from app.services.methodology.json_lines import (
    KeyTwiceError,
    NoNumberError,
    OddTextError,
    read_json,
)
from app.services.methodology.reading import Node, plain
from app.services.methodology.types import (
    Cluster,
    ClusterSign,
    IsbCutoff,
    IsbSource,
    ParameterNote,
    SocialRule,
)

YEARS = (1990, 2200)
MANY = 1_000_000
"""No number of pupils, procedures or versions is larger; it stops slips of the pen."""
_PARAMETERS = ("isb_source", "quartile_from_schools", "deficits_needed", "resilient")
_KINDS_OF_RESOURCES = 3


def social(node: Node) -> SocialRule:
    """Return the rule about conditions."""
    top = node.fields("model", "cutoffs", "parameters")
    given = {
        name: child.fields("value", "source", "confirmed")
        for name, child in top["parameters"].fields(*_PARAMETERS).items()
    }
    value = {name: fields["value"] for name, fields in given.items()}
    return SocialRule(
        isb_source=value["isb_source"].one_of(IsbSource),
        model=_model(top["model"]),
        cutoffs=_cutoffs(top["cutoffs"]),
        quartile_from_schools=value["quartile_from_schools"].optional(lambda n: n.whole(4, MANY)),
        deficits_needed=value["deficits_needed"].whole(0, _KINDS_OF_RESOURCES),
        resilient=value["resilient"].flag(),
        notes=tuple(note(name, fields) for name, fields in given.items()),
    )


def social_body(rule: SocialRule) -> dict[str, Any]:
    """Return the rule as data that ``social`` reads back equal; the model stands in it whole."""
    values = {
        "isb_source": rule.isb_source.value,
        "quartile_from_schools": rule.quartile_from_schools,
        "deficits_needed": rule.deficits_needed,
        "resilient": rule.resilient,
    }
    return {
        "model": model_body(rule.model),
        "cutoffs": [
            {
                "year": cutoff.year,
                "value": plain(cutoff.value),
                "source": cutoff.source,
                "confirmed": cutoff.confirmed,
            }
            for cutoff in rule.cutoffs
        ],
        "parameters": {
            item.name: {
                "value": values[item.name],
                "source": item.source,
                "confirmed": item.confirmed,
            }
            for item in rule.notes
        },
    }


def clusters(node: Node) -> tuple[Cluster, ...]:
    """Return the clusters by number; no two may have one number."""
    found: dict[int, Cluster] = {}
    for item in node.any_items():
        fields = item.fields("number", "title", "signs", "source", "confirmed")
        number = fields["number"].whole(1, 9)
        if number in found:
            fields["number"].fail(f"кластер № {number} описан дважды")
        found[number] = Cluster(
            number,
            fields["title"].text(),
            _signs(fields["signs"]),
            fields["source"].text(),
            fields["confirmed"].flag(),
        )
    return tuple(found[number] for number in sorted(found))


def _signs(node: Node) -> tuple[ClusterSign, ...]:
    """Return the signs in one order, however the file lists them: any one of them is enough."""
    given = {sign.one_of(ClusterSign) for sign in node.items()}
    return tuple(sign for sign in ClusterSign if sign in given)


def cluster_body(cluster: Cluster) -> dict[str, Any]:
    """Return a cluster as data."""
    return {
        "number": cluster.number,
        "title": cluster.title,
        "signs": [sign.value for sign in cluster.signs],
        "source": cluster.source,
        "confirmed": cluster.confirmed,
    }


def note(name: str, fields: dict[str, Node]) -> ParameterNote:
    """Return where the value of a parameter comes from."""
    return ParameterNote(name, fields["source"].text(), fields["confirmed"].flag())


def model_body(model: IsbModel) -> dict[str, Any]:
    """Return the model as data that reads back equal."""
    return {
        "key": model.key,
        "version": model.version,
        "title": model.title,
        "enough_percent": plain(model.enough_percent),
        "indicators": [
            {
                "name": item.name,
                "title": item.title,
                "weight": plain(item.weight),
                "adverse": item.adverse,
                "figures": [list(way) for way in item.figures],
                "of": item.of,
                "source": item.source,
                "confirmed": item.confirmed,
            }
            for item in model.indicators
        ],
    }


def text_of(file: str, text: str) -> Node:
    """Return the content of a JSON text; ResourceError says in Russian where it is not JSON."""
    try:
        body, lines = read_json(text)
    except KeyTwiceError as error:
        raise _broken(
            file, f"строка {error.line}, ключ «{error.key}»: ключ записан дважды"
        ) from error
    except OddTextError as error:
        raise _broken(file, f"строка {error.line}, ключ «{error.key}»: {error.why}") from error
    except RecursionError as error:
        raise _broken(file, "слишком много вложенных скобок") from error
    except NoNumberError as error:
        why = "вместо числа стоит то, чего сосчитать нельзя"
        raise _broken(file, f"строка {error.lineno}: {why}") from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        where = f"строка {line}: " if line else "содержимое: "
        why = "запись не по правилам JSON: проверьте запятые, кавычки и скобки"
        raise _broken(file, f"{where}{why}") from error
    return Node(file, "", body, lines)


def _broken(file: str, why: str) -> ResourceError:
    return ResourceError(f"Файл методики {file} не читается, {why}.", "Исправьте файл и повторите.")


def _model(node: Node) -> IsbModel:
    """A string names a model of the program; a stored copy holds the model itself."""
    if not isinstance(node.value, str):
        return _parse_model(node)
    path = resource("isb", f"{node.value}.json")
    if "/" in node.value or "\\" in node.value or not path.is_file():
        node.fail(f"модели ИСБ «{node.value}» в программе нет")
    return _shipped(node.value)


@cache
def _shipped(name: str) -> IsbModel:
    path = resource("isb", f"{name}.json")
    return _parse_model(text_of(path.name, path.read_text(encoding="utf-8")))


def _parse_model(node: Node) -> IsbModel:
    top = node.fields("key", "version", "title", "enough_percent", "indicators")
    indicators = tuple(_indicator(item) for item in top["indicators"].items())
    if not any(item.weight for item in indicators):
        top["indicators"].fail("сумма весов равна нулю")
    names = [item.name for item in indicators]
    if len(set(names)) < len(names):
        top["indicators"].fail("имена показателей повторяются")
    return IsbModel(
        top["key"].text(),
        top["version"].whole(1, MANY),
        top["title"].text(),
        top["enough_percent"].decimal(0, 100),
        indicators,
    )


def _indicator(node: Node) -> IsbIndicator:
    fields = node.fields(
        "name", "title", "weight", "adverse", "figures", "of", "source", "confirmed"
    )
    weight = fields["weight"]
    if isinstance(weight.value, int | float | Decimal) and weight.value < 0:
        weight.fail(f"вес не может быть меньше нуля, а стоит {weight.value}")
    return IsbIndicator(
        fields["name"].text(),
        fields["title"].text(),
        weight.decimal(0, MANY),
        fields["adverse"].flag(),
        tuple(tuple(name.text() for name in way.items()) for way in fields["figures"].items()),
        fields["of"].text(),
        fields["source"].text(),
        fields["confirmed"].flag(),
    )


def _cutoffs(node: Node) -> tuple[IsbCutoff, ...]:
    found: dict[int, IsbCutoff] = {}
    for item in node.any_items():
        fields = item.fields("year", "value", "source", "confirmed")
        year = fields["year"].whole(*YEARS)
        if year in found:
            fields["year"].fail(f"граница ИСБ на {year} год задана дважды")
        found[year] = IsbCutoff(
            year,
            fields["value"].decimal(-MANY, MANY),
            fields["source"].text(),
            fields["confirmed"].flag(),
        )
    return tuple(found[year] for year in sorted(found))
