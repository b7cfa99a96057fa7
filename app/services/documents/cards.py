"""Cards of many schools at once: one file for all of them, or a file for each in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import OutputError, UserError, reason
from app.models.enums import SchoolStatus
from app.services.documents.blocks import Block, Content, NewPage
from app.services.documents.rendering import add_file, lay_out, write, write_laid
from app.services.documents.school_cards import build_school_card, card_sources
from app.services.documents.texts import sentences
from app.services.output import Together, safe_file_name
from app.services.progress import Progress
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_TITLE = "school_card"
CARD_FORMATS = (".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class CardsRequest:
    """Which cards and where: ``target`` is a file with the ending of its format, or a folder.

    ``school_ids`` None: all schools that work.  In a folder each school gets a file of each of
    ``formats``.
    """

    year: int
    target: Path
    school_ids: tuple[int, ...] | None = None
    formats: tuple[str, ...] = (".pdf",)


@dataclass(frozen=True, slots=True)
class CardsMade:
    """The files that were written, and of how many schools."""

    files: tuple[Path, ...]
    schools: int


def print_cards(workspace: Workspace, request: CardsRequest, progress: Progress) -> CardsMade:
    """Write the cards; all the files appear together, and cancelling leaves none of them.

    UserError when no school is left to print, OutputError when a file cannot be written.
    """
    chosen = _chosen(workspace, request)
    if request.target.suffix.casefold() in CARD_FORMATS and not request.target.is_dir():
        return _in_one_file(workspace, request, chosen, progress)
    return _in_folder(workspace, request, chosen, progress)


def _chosen(workspace: Workspace, request: CardsRequest) -> list[SchoolRow]:
    listed = list_schools(workspace)
    if request.school_ids is None:
        found = [school for school in listed if school.status is SchoolStatus.ACTIVE]
    else:
        found = [school for school in listed if school.id in request.school_ids]
    if not found:
        raise UserError(
            "Нет ни одной школы, чью карточку можно напечатать.",
            "Загрузите реестр школ или выберите другие школы.",
        )
    return found


def _cards(
    workspace: Workspace, year: int, schools: Sequence[SchoolRow], progress: Progress
) -> Iterator[tuple[SchoolRow, Content]]:
    """Return the cards one by one, telling how far it is; the last step is the writing."""
    known = card_sources(workspace, year)
    for number, school in enumerate(schools):
        progress.check()
        progress.report(number, len(schools) + 1, school.short_name)
        yield school, build_school_card(workspace, school.id, year, known)
    progress.check()
    progress.report(len(schools), len(schools) + 1, "Запись")


def _in_one_file(
    workspace: Workspace, request: CardsRequest, schools: Sequence[SchoolRow], progress: Progress
) -> CardsMade:
    blocks: list[Block] = []
    first: Content | None = None
    for _, card in _cards(workspace, request.year, schools, progress):
        first = first or card
        blocks += [NewPage(), *card.blocks] if blocks else card.blocks
    if first is None:
        raise UserError("Нет ни одной карточки.", "Выберите школы.")
    title = sentences(_TITLE)("title_all", year=str(request.year))
    content = replace(first, title=title, blocks=tuple(blocks))
    if request.target.suffix.casefold() == ".pdf":
        write_laid(lay_out(content, progress.check), request.target)
    else:
        write(content, request.target)
    progress.report(len(schools) + 1, len(schools) + 1, "Готово")
    return CardsMade((request.target,), len(schools))


def _in_folder(
    workspace: Workspace, request: CardsRequest, schools: Sequence[SchoolRow], progress: Progress
) -> CardsMade:
    _check_formats(request.formats)
    names: set[str] = set()
    paths: list[Path] = []
    with _folder(request.target), Together() as files:
        for school, card in _cards(workspace, request.year, schools, progress):
            name = _free_name(f"{school.short_name}, карточка, {request.year} год", names)
            for ending in request.formats:
                path = request.target / f"{name}{ending}"
                add_file(files, card, path)
                paths.append(path)
    progress.report(len(schools) + 1, len(schools) + 1, "Готово")
    return CardsMade(tuple(paths), len(schools))


def _check_formats(formats: tuple[str, ...]) -> None:
    foreign = [ending for ending in formats if ending not in CARD_FORMATS]
    if foreign or not formats:
        shown = ", ".join(foreign) or "ничего"
        raise UserError(
            f"Карточку нельзя записать в виде «{shown}».", f"Годятся {' и '.join(CARD_FORMATS)}."
        )


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make the folder where there is none; it goes again when nothing was written into it."""
    made = not folder.is_dir()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"Папку «{folder}» не удалось создать: {reason(error)}.", "Укажите другую папку."
        ) from error
    written = False
    try:
        yield
        written = True
    finally:
        if made and not written:
            folder.rmdir()


def _free_name(title: str, taken: set[str]) -> str:
    """Return a name that no other school has: two may differ only by signs that names lose."""
    name = safe_file_name(title)
    number = 2
    while name.casefold() in taken:
        name = safe_file_name(f"{title} {number}")
        number += 1
    taken.add(name.casefold())
    return name
