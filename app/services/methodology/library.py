"""Methodologies of the office: those of the program, stored copies, and which serves a year."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.errors import OutputError, UserError
from app.models.decisions import Decision, Methodology
from app.models.office import Setting
from app.paths import resource
from app.services.changes import ChangeSet, Topic
from app.services.journal import Action
from app.services.methodology.classifying import chosen_row, rules_for, setting_key
from app.services.methodology.deciding import stored_version
from app.services.methodology.loading import as_body, load_all, load_file, parse_stored
from app.services.methodology.types import ParameterNote, RuleSet
from app.services.output import write_safely
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class KnownRules:
    """A methodology that can be chosen; ``stored`` tells a copy in the database."""

    rules: RuleSet
    stored: bool

    @property
    def name(self) -> str:
        """How people tell it from the others."""
        place = "из базы" if self.stored else "из программы"
        return f"{self.rules.title}, версия {self.rules.version} ({place})"


@dataclass(frozen=True, slots=True)
class YearRules:
    """What serves a year: ``chosen`` by a person, or by default; ``decisions`` rest on it."""

    year: int
    rules: RuleSet
    chosen: bool
    decisions: int


def known_rules(workspace: Workspace) -> tuple[KnownRules, ...]:
    """Return the methodologies of the program and the stored copies that differ from them."""
    shipped = load_all(resource("methodologies"))
    with workspace.database.read() as session:
        rows = session.scalars(select(Methodology).order_by(Methodology.key, Methodology.version))
        stored = [parse_stored(row.body, f"версии {row.version} из базы") for row in rows]
    own = [KnownRules(rules, stored=True) for rules in stored if rules not in shipped]
    return (*(KnownRules(rules, stored=False) for rules in shipped), *own)


def year_rules(workspace: Workspace, year: int) -> YearRules:
    """Return the methodology of a year and how it came to serve it."""
    count = (
        select(func.count()).select_from(Decision).where(Decision.year == year, Decision.current)
    )
    with workspace.database.read() as session:
        chosen = chosen_row(session, year) is not None
        decisions = session.scalar(count) or 0
    return YearRules(year, rules_for(workspace, year), chosen, decisions)


def apply_rules(workspace: Workspace, year: int, rules: RuleSet) -> ChangeSet:
    """Let the rules serve a year from now on: a copy is stored, an edited one as a new version.

    Other years and decisions stay as they are.  UserError when the rules do not cover the year.
    The choice can be undone.
    """
    _check_covers(rules, year)
    title = f"методика за {year} год: {rules.title}"
    with workspace.database.write() as session:
        return _choose(session, year, stored_version(session, rules), title)


def default_rules(workspace: Workspace, year: int) -> ChangeSet:
    """Take the choice for a year back: the default or the rules of its decisions serve again."""
    with workspace.database.write() as session:
        if chosen_row(session, year) is None:
            return ChangeSet()
        return _choose(session, year, None, f"методика за {year} год: по умолчанию")


def import_rules(workspace: Workspace, path: Path) -> tuple[RuleSet, ...]:
    """Store the methodologies of a file and return them as stored; no year is changed.

    ResourceError names the line, the key and the reason when the file is not right; UserError
    when a version of that number is stored already and says something else.
    """
    found = load_file(path)
    with workspace.database.write() as session:
        for rules in found:
            _check_version(session, rules, path)
            stored_version(session, rules)
    return found


def export_rules(rules: RuleSet, path: Path) -> Path:
    """Write the methodology, with the model of the ИСБ in it, as a file.

    What an earlier version let in goes out as it is stored: import names what it refuses in it.
    """
    text = json.dumps(as_body(rules), ensure_ascii=False, indent=2) + "\n"

    def check(written: Path) -> None:
        # Complaints name the file that was asked for and not the one beside it.
        if parse_stored(json.loads(written.read_text(encoding="utf-8")), path.name) != rules:
            raise OutputError(
                f"Файл «{path.name}» не записан: методика в нём читается иначе, чем в программе.",
                "Проверьте числа методики и повторите.",
            )

    write_safely(path, text.encode(), check)
    return path


def rules_by_name(workspace: Workspace, name: str) -> RuleSet:
    """Return the newest methodology of a key, or the one of a file that ``name`` leads to.

    UserError lists the keys when it is neither.
    """
    path = Path(name)
    if path.suffix.casefold() == ".json" or path.is_file():
        return _single(load_file(path), path)
    known = [item.rules for item in known_rules(workspace)]
    matching = [rules for rules in known if rules.key == name]
    if not matching:
        keys = ", ".join(dict.fromkeys(rules.key for rules in known))
        raise UserError(
            f"Методики «{name}» нет.", f"Есть: {keys}; или укажите файл методики (.json)."
        )
    return max(matching, key=lambda rules: rules.version)


def _single(found: tuple[RuleSet, ...], path: Path) -> RuleSet:
    if len(found) > 1:
        raise UserError(
            f"В файле {path.name} несколько методик.", "Оставьте в файле одну, которую применить."
        )
    return found[0]


def _check_covers(rules: RuleSet, year: int) -> None:
    ends = rules.last_year
    if year < rules.first_year or (ends is not None and year > ends):
        until = "" if ends is None else f" по {ends}"
        raise UserError(
            f"Методика «{rules.title}» действует с {rules.first_year}{until} года, "
            f"{year} год в неё не входит.",
            "Выберите другую методику или исправьте годы её действия.",
        )


def _check_version(session: Session, rules: RuleSet, path: Path) -> None:
    row = session.scalar(
        select(Methodology).where(
            Methodology.key == rules.key, Methodology.version == rules.version
        )
    )
    shipped = [r for r in load_all(resource("methodologies")) if _same_version(r, rules)]
    known = [*shipped, *([parse_stored(row.body, "из базы")] if row else [])]
    if any(other != rules for other in known):
        raise UserError(
            f"Файл {path.name}: версия {rules.version} методики «{rules.key}» уже есть, и в ней "
            "записано другое.",
            "Дайте методике в файле следующий номер версии (ключ «version») и повторите.",
        )


def _same_version(one: RuleSet, other: RuleSet) -> bool:
    return (one.key, one.version) == (other.key, other.version)


def _choose(session: Session, year: int, methodology: int | None, title: str) -> ChangeSet:
    key = setting_key(year)
    # An empty row first: the journal remembers changes of rows that are there.
    empty = insert(Setting).values(key=key, value=None).on_conflict_do_nothing()
    session.execute(empty)
    with Action(session, title) as action:
        action.update(Setting, key, {"value": methodology})
    return ChangeSet.of(Topic.SETTINGS, Topic.DECISIONS)


def edited(rules: RuleSet, **changes: Any) -> RuleSet:
    """Return the rules with some parameters changed and their sources said to be the office's.

    A value that a person sets is theirs: it keeps no confirmed source of another act.
    """
    new = replace(rules, **changes)
    before, after = as_body(rules), as_body(new)
    found = replace(new, notes=_doubted(new.notes, before, after))
    if rules.social is None or found.social is None:
        return found
    notes = _doubted(found.social.notes, before["social"], after["social"])
    return replace(found, social=replace(found.social, notes=notes))


def _doubted(
    notes: Iterable[ParameterNote], before: dict[str, Any], after: dict[str, Any]
) -> tuple[ParameterNote, ...]:
    names = _changed(before["parameters"], after["parameters"])
    return tuple(
        replace(note, source="Изменено специалистом: укажите акт", confirmed=False)
        if note.name in names
        else note
        for note in notes
    )


def _changed(before: dict[str, Any], after: dict[str, Any]) -> AbstractSet[str]:
    return {name for name in before if before[name]["value"] != after[name]["value"]}
