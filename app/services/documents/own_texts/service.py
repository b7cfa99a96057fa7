"""The office's own sentences: listed beside ours, written, given back, carried in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.papers import OwnText
from app.services.changes import ChangeSet
from app.services.documents.office_words import in_office_words
from app.services.documents.own_texts.catalogue import catalogue, prefixes, sentence_key
from app.services.documents.own_texts.tags import faults, for_people, for_program, tidy
from app.services.documents.own_texts.types import Shipped, TextError, TextFault, TextRow
from app.services.documents.wording import in_terms
from app.services.journal import Action
from app.services.workspace import Workspace

_GONE = "Больше не используется"


def list_texts(workspace: Workspace) -> tuple[TextRow, ...]:
    """Return every sentence in the order of print, those that no document uses any more last."""
    own = _stored(workspace)
    listed = [
        _row(key, shipped, own[key].text if key in own else None)
        for key, shipped in catalogue().items()
    ]
    gone = [
        TextRow(key, _GONE, "", "", one.text, ())
        for key, one in own.items()
        if key not in catalogue()
    ]
    return (*listed, *gone)


@in_office_words
def paper_sentences(workspace: Workspace, kind: str) -> tuple[TextRow, ...]:
    """Return the sentences of a kind of paper in the order of print, keys without the kind.

    ``shipped`` is what every paper of the kind says: the office's own sentence, or ours.
    """
    own = _stored(workspace)
    starts = prefixes(kind)
    rows = (
        _row(key, shipped, own[key].text if key in own else None)
        for key, shipped in catalogue().items()
        if key.startswith(starts)
    )
    return tuple(
        TextRow(
            row.key.removeprefix(starts[0]),
            row.kind,
            row.place,
            row.text if row.own is not None else in_terms(row.text),
            None,
            row.tags,
        )
        for row in rows
    )


def shown_sentence(kind: str, name: str, text: str) -> str:
    """Return a sentence of a request with the Russian words of its tags."""
    return for_people(text, _known(sentence_key(kind, name)).tags)


def paper_sentence(kind: str, name: str, text: str) -> str:
    """Return a sentence for one paper as its request carries it; TextError when it is wrong."""
    return _checked(sentence_key(kind, name), text)


def paper_sentence_faults(kind: str, name: str, text: str) -> tuple[TextFault, ...]:
    """Return what keeps a text from taking the place of a sentence of the kind."""
    return check_text(sentence_key(kind, name), text)


def check_text(key: str, text: str) -> tuple[TextFault, ...]:
    """Return what keeps the text from taking the place of the sentence, each with its sign."""
    return faults(tidy(text), _known(key).tags)


def save_text(workspace: Workspace, key: str, text: str) -> ChangeSet:
    """Store the office's own sentence; TextError says where it is wrong, nothing is stored.

    A text equal to ours is no own text: the sentence of the program is used again.
    """
    checked = _checked(key, text)
    with workspace.database.write() as session, Action(session, _title(key)) as action:
        _put(session, action, key, checked)
        return action.changes


def restore_text(workspace: Workspace, key: str) -> ChangeSet:
    """Use the sentence of the program again."""
    with workspace.database.write() as session:
        stored = _of_key(session, key)
        if stored is None:
            return ChangeSet()
        title = f"возврат исходного текста: {_named(key)}"
        with Action(session, title) as action:
            action.delete(OwnText, stored.id)
            return action.changes


def take_texts(workspace: Workspace, texts: Mapping[str, str]) -> ChangeSet:
    """Store many sentences as one action; TextError names the first that is wrong."""
    checked = {key: _checked(key, text) for key, text in texts.items()}
    title = f"свои тексты документов: {len(checked)}"
    with workspace.database.write() as session, Action(session, title) as action:
        for key, text in checked.items():
            _put(session, action, key, text)
        return action.changes


def own_texts(workspace: Workspace) -> tuple[TextRow, ...]:
    """Return only the sentences that the office words itself."""
    return tuple(row for row in list_texts(workspace) if row.own is not None and row.shipped)


def _row(key: str, shipped: Shipped, own: str | None) -> TextRow:
    return TextRow(
        key=key,
        kind=shipped.kind,
        place=shipped.place,
        shipped=for_people(shipped.text, shipped.tags),
        own=None if own is None else for_people(own, shipped.tags),
        tags=tuple(shipped.tags.values()),
    )


def _known(key: str) -> Shipped:
    found = catalogue().get(key)
    if found is None:
        raise UserError(
            f"Предложения «{key}» в документах нет.", "Список предложений: команда texts list."
        )
    return found


def _checked(key: str, text: str) -> str:
    """Return the text with the keys of its tags."""
    known = _known(key)
    plain = tidy(text)
    wrong = faults(plain, known.tags)
    if wrong:
        raise TextError(wrong, _named(key))
    return for_program(plain, known.tags)


def _put(session: Session, action: Action, key: str, text: str) -> None:
    stored = _of_key(session, key)
    if text == tidy(_known(key).text):
        if stored is not None:
            action.delete(OwnText, stored.id)
        return
    values = {"key": key, "text": text, "changed_at": datetime.now(UTC)}
    if stored is None:
        action.insert(OwnText, values)
    elif stored.text != text:
        action.update(OwnText, stored.id, values)


def _of_key(session: Session, key: str) -> OwnText | None:
    return session.scalar(select(OwnText).where(OwnText.key == key))


def _stored(workspace: Workspace) -> dict[str, OwnText]:
    with workspace.database.read() as session:
        return {one.key: one for one in session.scalars(select(OwnText).order_by(OwnText.key))}


def _title(key: str) -> str:
    return f"текст документа: {_named(key)}"[:300]


def _named(key: str) -> str:
    found = catalogue().get(key)
    return f"«{found.kind}», {found.place}" if found else "предложение, которого больше нет"
