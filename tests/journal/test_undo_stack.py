"""Any order of doing, typing, undo, redo and restarts against a plain stack of undo."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.models.database import Database
from app.models.office import JournalEntry
from app.models.papers import OwnText
from app.services.journal import Action, next_redo, next_undo, redo_last, undo_last
from app.services.workspace import Workspace
from tests.stored import MOMENT

Texts = dict[str, str]
Step = tuple[str, str, str]

STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["put", "type"]), st.sampled_from("ab"), st.sampled_from("xyz")),
        st.tuples(st.just("drop"), st.sampled_from("ab"), st.just("")),
        st.tuples(
            st.sampled_from(["undo", "undo", "redo", "redo", "restart"]), st.just(""), st.just("")
        ),
    ),
    min_size=5,
    max_size=15,
)


@dataclass
class Done:
    """One action of the model: all texts before and after it."""

    title: str
    before: Texts
    after: Texts

    def changed(self) -> set[str]:
        """Return the keys that differ; a text that came or went counts as well."""
        return {key for key, _ in self.before.items() ^ self.after.items()}

    def only_words(self) -> bool:
        """Return whether nothing came or went: such an action may be gone on with."""
        return self.before.keys() == self.after.keys()


@dataclass
class Model:
    """What a person expects of Ctrl+Z and Ctrl+Y."""

    texts: Texts = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    undone: list[Done] = field(default_factory=list)

    def act(self, title: str, after: Texts, *, joins: bool) -> None:
        """Do something new: it ends the redo, and typing goes on with the action before it."""
        new = Done(title, self.texts, after)
        if not new.changed():
            return
        self.undone.clear()
        last = self.done[-1] if self.done else None
        if (
            joins
            and last
            and new.only_words()
            and last.only_words()
            and last.changed() == new.changed()
        ):
            last.after = after
        else:
            self.done.append(new)
        self.texts = after

    def undo(self) -> None:
        """Take the last action back, if there is one."""
        if self.done:
            self.undone.append(self.done.pop())
            self.texts = self.undone[-1].before

    def redo(self) -> None:
        """Do again what was taken back last, if there is something."""
        if self.undone:
            self.done.append(self.undone.pop())
            self.texts = self.done[-1].after


def stored(workspace: Workspace) -> Texts:
    """Return the texts by key."""
    with workspace.database.read() as session:
        return {row.key: row.text for row in session.scalars(select(OwnText))}


def act(workspace: Workspace, title: str, step: Step) -> None:
    """Put, type or drop one text as a person does."""
    kind, key, words = step
    with workspace.database.write() as session:
        row_id = session.scalar(select(OwnText.id).where(OwnText.key == key))
        with Action(session, title, joins=kind == "type") as action:
            if kind == "drop":
                if row_id is not None:
                    action.delete(OwnText, row_id)
            elif row_id is None:
                action.insert(OwnText, {"key": key, "text": words, "changed_at": MOMENT})
            else:
                action.update(OwnText, row_id, {"text": words})


def follow(model: Model, title: str, step: Step) -> None:
    """Do the same in the model."""
    kind, key, words = step
    if kind == "drop":
        left = {one: text for one, text in model.texts.items() if one != key}
        model.act(title, left, joins=False)
    else:
        model.act(title, {**model.texts, key: words}, joins=kind == "type")


def take(workspace: Workspace, model: Model, title: str, step: Step) -> Workspace:
    """Take one step in both; return the workspace to go on with."""
    if step[0] == "undo":
        assert undo_last(workspace).done == bool(model.done)
        model.undo()
    elif step[0] == "redo":
        assert redo_last(workspace).done == bool(model.undone)
        model.redo()
    elif step[0] == "restart":
        workspace.database.close()
        return Workspace(Database(workspace.database.path), workspace.archive)
    else:
        act(workspace, title, step)
        follow(model, title, step)
    return workspace


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undo_and_redo_are_a_stack(workspace: Workspace, steps: list[Step]) -> None:
    with workspace.database.write() as session:
        session.execute(delete(JournalEntry))
        session.execute(delete(OwnText))
    model, now = Model(), workspace
    for number, step in enumerate(steps):
        now = take(now, model, f"шаг {number}", step)
        assert stored(now) == model.texts
        assert next_undo(now) == (model.done[-1].title if model.done else None)
        assert next_redo(now) == (model.undone[-1].title if model.undone else None)
    now.database.close()
