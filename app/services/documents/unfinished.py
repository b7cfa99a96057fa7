"""Forms of papers that somebody has begun to fill: kept as they are typed, until the paper is made.

They are no data of the office: nothing is made from them and the journal does not know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.models.office import Setting
from app.services.workspace import Workspace

_SETTING = "documents.unfinished"

Typed = Mapping[str, Any]
"""What the fields of one form hold, as JSON; only the form knows its own names."""


@dataclass(frozen=True, slots=True)
class UnfinishedForm:
    """What was typed into the form of a kind, and when it was changed last."""

    kind: str
    changed_at: datetime
    typed: Typed


def unfinished_forms(workspace: Workspace) -> tuple[UnfinishedForm, ...]:
    """Return the forms that hold something, by kind."""
    with workspace.database.read() as session:
        setting = session.get(Setting, _SETTING)
        stored = dict(setting.value) if setting is not None else {}
    return tuple(
        UnfinishedForm(kind, datetime.fromisoformat(one["at"]), one["typed"])
        for kind, one in sorted(stored.items())
    )


def keep_unfinished(workspace: Workspace, forms: Mapping[str, Typed]) -> None:
    """Keep what these forms hold; one that holds nothing is forgotten, others stay as they are."""
    now = datetime.now(UTC).isoformat()
    with workspace.database.write() as session:
        setting = session.get(Setting, _SETTING)
        before = dict(setting.value) if setting is not None else {}
        after = {kind: one for kind, one in before.items() if kind not in forms}
        for kind, typed in forms.items():
            if typed:
                same = kind in before and before[kind]["typed"] == typed
                after[kind] = before[kind] if same else {"at": now, "typed": dict(typed)}
        if setting is None:
            session.add(Setting(key=_SETTING, value=after))
        else:
            setting.value = after
