"""``copy``: a programme or a roadmap as the base of a new one, for other years."""

from __future__ import annotations

import argparse
import re

from app.cli.console import counted, table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.errors import UserError
from app.services import programmes, roadmap
from app.services.roadmap import RoadmapForm, RoadmapInfo
from app.services.workspace import Workspace

NAME = "copy"
HELP = "взять за основу программу или дорожную карту; без слов – показать, какие есть"
_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?")
_PROGRAMME, _ROADMAP = "programme", "roadmap"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what", nargs="?", choices=(_PROGRAMME, _ROADMAP), metavar="ЧТО",
        help="programme – программа, roadmap – дорожная карта",
    )  # fmt: skip
    parser.add_argument("number", nargs="?", type=int, metavar="НОМЕР", help="номер в списке")
    parser.add_argument("--years", metavar="ГОДЫ", help="новый период: 2026 или 2026-2028")
    parser.add_argument(
        "--shift", type=int, metavar="ЛЕТ",
        help="на сколько лет сдвинуть сроки дорожной карты, у которой не указан первый год",
    )  # fmt: skip
    parser.add_argument("--title", metavar="ТЕКСТ", help="название новой дорожной карты")
    parser.add_argument(
        "--bare", action="store_true", help="программа без показателей и дорожных карт"
    )
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """List what there is, or copy it; what to look at afterwards is told, exit code 1 then."""
    _check(arguments)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.what is None:
            _list(workspace)
            return ExitCode.DONE
        first, last = _period(arguments.years)
        if arguments.what == _PROGRAMME:
            return _programme(workspace, arguments, first, last)
        return _roadmap(workspace, arguments, first, last)


def _check(arguments: argparse.Namespace) -> None:
    if arguments.what is None:
        return
    if arguments.number is None or arguments.years is None:
        raise UserError(
            "Не сказано, что взять за основу и на какие годы.",
            f"Напишите так: copy {arguments.what} 3 --years 2026-2028. Номера показывает copy.",
        )
    if arguments.title and arguments.what == _PROGRAMME:
        raise UserError(
            "Название программы следует из её периода.", "Уберите --title, правьте его в окне."
        )
    if arguments.shift is not None and arguments.what == _PROGRAMME:
        raise UserError("Сдвиг программы следует из её периода.", "Уберите --shift.")
    if arguments.bare and arguments.what == _ROADMAP:
        raise UserError("Параметр --bare бывает только у программы.", "Уберите --bare.")


def _period(text: str) -> tuple[int, int]:
    """Return the first and the last year; UserError for anything else."""
    found = _YEARS.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first:
        raise UserError(f"«{text}» не период.", "Напишите годы так: 2026 или 2026-2028.")
    return first, last


def _programme(
    workspace: Workspace, arguments: argparse.Namespace, first: int, last: int
) -> ExitCode:
    whole = not arguments.bare
    done = programmes.copy_programme(
        workspace, arguments.number, first, last, with_indicators=whole, with_roadmaps=whole
    )
    new = programmes.programme(workspace, done.id)
    listed = (
        counted(done.entries, "запись", "записи", "записей"),
        counted(done.indicators, "показатель", "показателя", "показателей"),
        counted(done.roadmaps, "дорожная карта", "дорожные карты", "дорожных карт"),
    )
    print(f"Программа № {new.id} «{new.title}», {new.period}: {', '.join(listed)}.")
    for note in done.notes:
        print(note)
    return ExitCode.WAITS if done.notes else ExitCode.DONE


def _roadmap(
    workspace: Workspace, arguments: argparse.Namespace, first: int, last: int
) -> ExitCode:
    old = next(
        (one for one in roadmap.list_roadmaps(workspace) if one.id == arguments.number), None
    )
    if old is None:
        raise UserError(
            f"Дорожной карты № {arguments.number} в базе нет.", "Список с номерами: copy."
        )
    shift = _shift(old, first, arguments.shift)
    title = arguments.title or roadmap.shifted(old.title, shift)
    form = RoadmapForm(title, old.mode, first, last, old.programme_id, old.directions)
    done = roadmap.renew_roadmap(workspace, old.id, form, shift)
    lines = counted(old.activities, "мероприятие", "мероприятия", "мероприятий")
    print(f"Дорожная карта № {done.ids[0]} «{title}»: {lines}.")
    print(f"Годы в сроках сдвинуты на {shift}; состояния и факт не перенесены.")
    return ExitCode.DONE


def _shift(old: RoadmapInfo, first: int, asked: int | None) -> int:
    """Return by how many years the roadmap moves; it is asked only where the years do not say."""
    if old.first_year is not None and asked is not None:
        raise UserError("Сдвиг этой дорожной карты следует из её годов.", "Уберите --shift.")
    if old.first_year is None and asked is None:
        raise UserError(
            f"У дорожной карты № {old.id} не указан первый год: на сколько лет сдвинуть сроки, "
            "неизвестно.",
            "Добавьте --shift, например --shift 1; --shift 0 оставит сроки как есть.",
        )
    return roadmap.renewal_shift(old, first, asked)


def _list(workspace: Workspace) -> None:
    rows = [
        *((_PROGRAMME, one.id, one.period, one.title)
          for one in programmes.list_programmes(workspace)),
        *((_ROADMAP, one.id, _years(one.first_year, one.last_year), one.title)
          for one in roadmap.list_roadmaps(workspace)),
    ]  # fmt: skip
    headers = ("Что", "Номер", "Годы", "Название")
    print(table(headers, rows) if rows else "Программ и дорожных карт в базе ещё нет.")


def _years(first: int | None, last: int | None) -> str:
    return "–".join(str(one) for one in dict.fromkeys((first, last)) if one)
