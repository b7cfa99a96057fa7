"""Keeping the outline of a programme: blocks in order, each step undoable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.programmes import Programme, ProgrammeBlock
from app.services.changes import ChangeSet
from app.services.documents.programme.kinds import BLOCK_KINDS, COMMON_OPTIONS
from app.services.documents.programme.presets import as_outline, preset, preset_for
from app.services.documents.programme.types import Edited, OutlineBlock
from app.services.journal import Action
from app.services.workspace import Workspace

_SHOWN_NAME = 80
"""Characters of a title in the name of an action."""
_LONGEST_TITLE = 600
"""Characters, as the table holds them."""


def outline(workspace: Workspace, programme_id: int) -> tuple[OutlineBlock, ...]:
    """Return the outline of a programme in its order."""
    with workspace.database.read() as session:
        return read_outline(session, programme_id)


def read_outline(session: Session, programme_id: int) -> tuple[OutlineBlock, ...]:
    """Return the same inside an open block."""
    stored = session.scalars(
        select(ProgrammeBlock)
        .where(ProgrammeBlock.programme_id == programme_id)
        .order_by(ProgrammeBlock.position, ProgrammeBlock.id)
    )
    below: dict[int | None, list[ProgrammeBlock]] = defaultdict(list)
    for block in stored:
        below[block.parent_id].append(block)
    return _tree(below, None)


def printed_outline(session: Session, programme: Programme) -> tuple[OutlineBlock, ...]:
    """Return the stored outline, or the preset that stands for it, whose ids are below zero.

    The first change of such a block stores the whole outline and is undone together with it.
    """
    stored = read_outline(session, programme.id)
    return stored or as_outline(preset_for(programme.kind, programme.preset).blocks)


def start_from(workspace: Workspace, programme_id: int, key: str) -> ChangeSet:
    """Replace the outline by that of a preset; what stood there can be brought back by undo."""
    chosen = preset(key)
    with workspace.database.write() as session:
        _programme(session, programme_id)
        with Action(session, f"структура программы «{chosen.title}»") as action:
            _clear(session, action, programme_id)
            _add_all(action, programme_id, None, as_outline(chosen.blocks))
            action.update(Programme, programme_id, {"preset": key})
        return action.changes


def add_block(
    workspace: Workspace,
    programme_id: int,
    kind: str,
    *,
    parent_id: int | None = None,
    before_id: int | None = None,
    title: str = "",
    body: Mapping[str, Any] | None = None,
) -> Edited:
    """Add a block inside ``parent_id``, before another one or last; return its id."""
    _check_body(kind, body or {})
    _check_title(title)
    with workspace.database.write() as session:
        _programme(session, programme_id)
        with Action(session, f"новый блок «{title or BLOCK_KINDS[kind].title}»") as action:
            parent_id, before_id = _owned(session, action, programme_id, parent_id, before_id)
            values: dict[str, Any] = {"programme_id": programme_id, "parent_id": parent_id}
            values |= {"kind": kind, "title": title, "body": dict(body or {}), "position": 0}
            new_id = action.insert(ProgrammeBlock, values)
            _put(session, action, programme_id, new_id, parent_id, before_id)
        return Edited(new_id, action.changes)


def change_block(
    workspace: Workspace,
    programme_id: int,
    block_id: int,
    *,
    title: str | None = None,
    body: Mapping[str, Any] | None = None,
    included: bool | None = None,
    joins: bool = False,
) -> Edited:
    """Change what is given of a block; a body replaces the whole of the old one.

    With ``joins`` the change goes on with the one before it, so that a text that was typed in
    several goes is taken back at once.
    """
    _check_title(title or "")
    given = {"title": title, "body": None if body is None else dict(body), "included": included}
    values = {key: value for key, value in given.items() if value is not None}
    with workspace.database.write() as session:
        name = _name_of(session, programme_id, block_id)
        with Action(session, f"блок «{name}»", joins=joins) as action:
            own = _own(session, action, programme_id, block_id)
            if body is not None:
                _check_body(_block(session, own).kind, body)
            action.update(ProgrammeBlock, own, values)
        return Edited(own, action.changes)


def move_block(
    workspace: Workspace,
    programme_id: int,
    block_id: int,
    parent_id: int | None,
    before_id: int | None,
) -> Edited:
    """Move a block with all that stands in it; UserError when it would stand inside itself."""
    with workspace.database.write() as session:
        name = _name_of(session, programme_id, block_id)
        with Action(session, f"место блока «{name}»") as action:
            shown = (block_id, parent_id, before_id)
            own, parent, before = _owned(session, action, programme_id, *shown)
            if own is None:
                raise _gone()
            _refuse_inside_itself(session, own, parent)
            action.update(ProgrammeBlock, own, {"parent_id": parent})
            session.expire_all()
            _put(session, action, programme_id, own, parent, before)
        return Edited(own, action.changes)


def remove_block(workspace: Workspace, programme_id: int, block_id: int) -> ChangeSet:
    """Take a block and all that stands in it out of the outline; the data stay."""
    with workspace.database.write() as session:
        name = _name_of(session, programme_id, block_id)
        with Action(session, f"удаление блока «{name}»") as action:
            own = _own(session, action, programme_id, block_id)
            _remove(session, action, own)
        return action.changes


def _own(session: Session, action: Action, programme_id: int, block_id: int) -> int:
    """Return the stored id of a block, storing the preset that it is shown from if need be."""
    found = _owned(session, action, programme_id, block_id)[0]
    if found is None:
        raise _gone()
    return found


def _gone() -> UserError:
    return UserError("Такого блока больше нет.", "Обновите структуру программы.")


def _owned(
    session: Session, action: Action, programme_id: int, *shown: int | None
) -> tuple[int | None, ...]:
    """Return the stored ids of blocks as they are shown; an outline without rows is stored."""
    if read_outline(session, programme_id):
        return shown
    programme = _programme(session, programme_id)
    blocks = printed_outline(session, programme)
    stored = _add_all(action, programme_id, None, blocks)
    return tuple(stored.get(one) if one is not None else None for one in shown)


def _name_of(session: Session, programme_id: int, block_id: int) -> str:
    """Return how a shown block is called."""
    programme = _programme(session, programme_id)
    listed = [*_flat(printed_outline(session, programme))]
    found = next((block for block in listed if block.id == block_id), None)
    if found is None:
        raise _gone()
    name = found.title or BLOCK_KINDS[found.kind].title
    return name if len(name) <= _SHOWN_NAME else f"{name[:_SHOWN_NAME]}…"


def _flat(blocks: Sequence[OutlineBlock]) -> Iterator[OutlineBlock]:
    for block in blocks:
        yield block
        yield from _flat(block.blocks)


def _refuse_inside_itself(session: Session, block_id: int, parent_id: int | None) -> None:
    above = parent_id
    while above is not None:
        if above == block_id:
            block = _block(session, block_id)
            raise UserError(
                f"Блок «{block.title or BLOCK_KINDS[block.kind].title}» нельзя поместить внутрь "
                "его самого.",
                "Выберите другое место.",
            )
        above = _block(session, above).parent_id


def _tree(
    below: Mapping[int | None, Sequence[ProgrammeBlock]], parent: int | None
) -> tuple[OutlineBlock, ...]:
    return tuple(
        OutlineBlock(
            block.id,
            block.kind,
            block.title,
            block.body,
            block.included,
            _tree(below, block.id),
        )
        for block in below.get(parent, ())
    )


def _programme(session: Session, programme_id: int) -> Programme:
    found = session.get(Programme, programme_id)
    if found is None:
        raise UserError("Такой программы больше нет.", "Обновите список программ.")
    return found


def _block(session: Session, block_id: int) -> ProgrammeBlock:
    found = session.get(ProgrammeBlock, block_id)
    if found is None:
        raise _gone()
    return found


def _check_title(title: str) -> None:
    if len(title) > _LONGEST_TITLE:
        raise UserError(
            f"Заголовок длиннее {_LONGEST_TITLE} знаков: {len(title)}.",
            "Сократите его, а подробности поставьте текстом под заголовком.",
        )


def _check_body(kind: str, body: Mapping[str, Any]) -> None:
    if kind not in BLOCK_KINDS:
        raise UserError(f"Вида блока «{kind}» нет.", f"Есть: {', '.join(BLOCK_KINDS)}.")
    known = {*COMMON_OPTIONS, *BLOCK_KINDS[kind].options}
    foreign = [key for key in body if key not in known]
    if foreign:
        raise UserError(
            f"У блока «{BLOCK_KINDS[kind].title}» нет свойства «{foreign[0]}».",
            f"Есть: {', '.join(sorted(known))}.",
        )


def _add_all(
    action: Action, programme_id: int, parent: int | None, blocks: Sequence[OutlineBlock]
) -> dict[int, int]:
    """Store blocks with what stands in them; return the stored ids by the shown ones."""
    stored: dict[int, int] = {}
    for position, block in enumerate(blocks, start=1):
        values: dict[str, Any] = {"programme_id": programme_id, "parent_id": parent}
        values |= {"kind": block.kind, "title": block.title, "body": dict(block.body)}
        values["position"] = position
        stored[block.id] = action.insert(ProgrammeBlock, values)
        stored |= _add_all(action, programme_id, stored[block.id], block.blocks)
    return stored


def _put(
    session: Session,
    action: Action,
    programme_id: int,
    block_id: int,
    parent_id: int | None,
    before_id: int | None,
) -> None:
    """Give the blocks of one parent their positions anew, with the block in its place."""
    beside = session.scalars(
        select(ProgrammeBlock.id)
        .where(
            ProgrammeBlock.programme_id == programme_id,
            ProgrammeBlock.parent_id.is_(None)
            if parent_id is None
            else ProgrammeBlock.parent_id == parent_id,
            ProgrammeBlock.id != block_id,
        )
        .order_by(ProgrammeBlock.position, ProgrammeBlock.id)
    ).all()
    order = list(beside)
    order.insert(order.index(before_id) if before_id in order else len(order), block_id)
    for position, one in enumerate(order, start=1):
        action.update(ProgrammeBlock, one, {"position": position})


def _clear(session: Session, action: Action, programme_id: int) -> None:
    tops = session.scalars(
        select(ProgrammeBlock.id).where(
            ProgrammeBlock.programme_id == programme_id, ProgrammeBlock.parent_id.is_(None)
        )
    ).all()
    for block_id in tops:
        _remove(session, action, block_id)


def _remove(session: Session, action: Action, block_id: int) -> None:
    inside = session.scalars(
        select(ProgrammeBlock.id).where(ProgrammeBlock.parent_id == block_id)
    ).all()
    for one in inside:
        _remove(session, action, one)
    action.delete(ProgrammeBlock, block_id)
