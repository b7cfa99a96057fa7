"""Scans and detached signatures that belong to a registered document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.errors import UserError, reason
from app.models.papers import Document, DocumentFile
from app.services.changes import ChangeSet, Topic
from app.services.output import write_safely
from app.services.workspace import Workspace

_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".sig", ".p7s", ".zip")
_LARGEST_MB = 20


def attach(workspace: Workspace, document_id: int, path: Path) -> ChangeSet:
    """Keep a copy of the file with the document; UserError for a foreign or huge one."""
    if path.suffix.casefold() not in _ENDINGS:
        raise UserError(
            f"Файл «{path.name}» нельзя приложить: это не скан и не подпись.",
            f"Годятся окончания: {', '.join(_ENDINGS)}.",
        )
    try:
        size = path.stat().st_size
        body = path.read_bytes() if size <= _LARGEST_MB * 2**20 else b""
    except OSError as error:
        raise UserError(
            f"Файл «{path.name}» не читается: {reason(error)}.", "Проверьте файл и повторите."
        ) from error
    if size > _LARGEST_MB * 2**20:
        raise UserError(
            f"Файл «{path.name}» больше {_LARGEST_MB} МБ.", "Сохраните скан с меньшим качеством."
        )
    if not body:
        raise UserError(f"Файл «{path.name}» пуст.", "Выберите другой файл.")
    with workspace.database.write() as session:
        if session.get(Document, document_id) is None:
            raise UserError("Такого документа нет в реестре.", "Обновите список документов.")
        if path.name in file_names(session).get(document_id, ()):
            raise UserError(
                f"Файл «{path.name}» к этому документу уже приложен.",
                "Уберите прежний или назовите новый иначе.",
            )
        # Not in the journal: it would keep every scan twice.
        session.add(
            DocumentFile(
                document_id=document_id,
                name=path.name,
                sha256=hashlib.sha256(body).hexdigest(),
                body=body,
                added_at=datetime.now(UTC),
            )
        )
    return ChangeSet.of(Topic.DOCUMENTS)


def detach(workspace: Workspace, document_id: int, name: str) -> ChangeSet:
    """Take a file that was attached by mistake out again."""
    with workspace.database.write() as session:
        session.execute(
            delete(DocumentFile).where(
                DocumentFile.document_id == document_id, DocumentFile.name == name
            )
        )
    return ChangeSet.of(Topic.DOCUMENTS)


def save_attachment(workspace: Workspace, document_id: int, name: str, target: Path) -> Path:
    """Write an attached file out again, exactly as it was taken in; return the path."""
    with workspace.database.read() as session:
        found = session.scalars(
            select(DocumentFile)
            .where(DocumentFile.document_id == document_id, DocumentFile.name == name)
            .order_by(DocumentFile.id.desc())
        ).first()
        if found is None:
            raise UserError(f"Файла «{name}» при документе нет.", "Обновите список документов.")
        body, digest = found.body, found.sha256
    if hashlib.sha256(body).hexdigest() != digest:
        raise UserError(
            f"Файл «{name}» в базе повреждён.", "Проверьте базу: «Файл», «Проверить базу…»."
        )
    write_safely(target, body, lambda _path: None)
    return target


def file_names(session: Session) -> dict[int, tuple[str, ...]]:
    """Return the names of the attached files by document, inside an open block."""
    names: dict[int, list[str]] = defaultdict(list)
    found = session.execute(
        select(DocumentFile.document_id, DocumentFile.name).order_by(DocumentFile.id)
    )
    for document_id, name in found:
        names[document_id].append(name)
    return {document_id: tuple(listed) for document_id, listed in names.items()}
