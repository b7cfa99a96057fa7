"""``export``: write a document or a table into a file, the format by its ending."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli import export_analysis, export_fields, export_papers, export_support
from app.cli.console import require_writable
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database, newest_year, require_year
from app.cli.russian import year
from app.errors import UserError
from app.services.documents import (
    Kind,
    all_kinds,
    build_decisions,
    build_order,
    build_school_card,
    papers,
    write,
)
from app.services.exporting import (
    write_bias,
    write_decisions,
    write_indicators,
    write_passports,
    write_results,
    write_roadmaps,
)
from app.services.schools import SchoolRow, list_schools
from app.services.today import write_calendar
from app.services.workspace import Workspace

NAME = "export"
HELP = "записать документ или таблицу в файл"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("kind", metavar="ЧТО", help="что выгрузить; список: команда documents")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="ФАЙЛ", help="куда; вид файла по окончанию"
    )
    parser.add_argument("--year", type=year, metavar="ГОД", help="за какой год")
    parser.add_argument(
        "--title", metavar="ТЕКСТ", help="для roadmap: карты, в названии которых есть этот текст"
    )
    parser.add_argument(
        "--school", metavar="КОД", help="только одна школа: код ФИС ОКО, РЦОИ или название"
    )
    export_papers.add_arguments(parser)
    add_database(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Write the file; what a person should know before using it is told on stderr."""
    kind = _kind(arguments.kind, arguments.out)
    export_fields.refuse_unheeded(kind, arguments)
    require_writable(arguments.out)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.year is not None and kind.key in _OF_RESULTS:
            require_year(workspace, arguments.year)
        notes = _notes(workspace, kind, arguments)
    for note in notes:
        print(f"Обратите внимание: {note}", file=sys.stderr)
    print(f"{kind.title}: {arguments.out}")
    return ExitCode.DONE


def _notes(workspace: Workspace, kind: Kind, arguments: argparse.Namespace) -> list[str]:
    """Write the file and return what should be known of it."""
    if kind.key in papers():
        return export_papers.write_paper(workspace, arguments, _filter(workspace, arguments)[1])
    filtered = {**export_analysis.WRITERS, **export_support.WRITERS}.get(kind.key)
    if filtered is not None:
        return filtered(workspace, arguments, _filter(workspace, arguments))
    return _WRITERS[kind.key](workspace, arguments)


def _kind(key: str, out: Path) -> Kind:
    kind = next((known for known in all_kinds() if known.key == key), None)
    if kind is None:
        names = ", ".join(known.key for known in all_kinds())
        raise UserError(f"Выгрузки «{key}» нет.", f"Бывает: {names}. Подробнее: команда documents.")
    if out.suffix.casefold() not in kind.formats:
        raise UserError(
            f"«{kind.title}» нельзя записать в файл «{out.name}».",
            f"Годятся окончания: {', '.join(kind.formats)}.",
        )
    return kind


def _order(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    if arguments.school:
        raise UserError("Приказ составляется по всем школам.", "Уберите параметр --school.")
    if arguments.template:
        return export_papers.write_order_by_template(workspace, arguments)
    draft = build_order(workspace, export_papers.order_request(workspace, arguments))
    write(draft.content, arguments.out)
    return [*draft.warnings, *(f"в бумаге осталось вписать: {blank}." for blank in draft.blanks)]


def _results(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    count = write_results(workspace, arguments.out, *_filter(workspace, arguments))
    return [] if count else ["под условие не подошёл ни один результат."]


def _passports(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    count = write_passports(workspace, arguments.out, *_filter(workspace, arguments))
    return [] if count else ["под условие не подошёл ни один паспорт."]


def _bias(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    count = write_bias(workspace, arguments.out, *_filter(workspace, arguments))
    return [] if count else ["признаков необъективности под это условие в базе нет."]


def _decisions(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    if arguments.school:
        raise UserError("Протокол решений составляется по всем школам.", "Уберите --school.")
    of_year = arguments.year or newest_year(workspace)
    if arguments.out.suffix.casefold() in (".pdf", ".docx"):
        write(build_decisions(workspace, of_year), arguments.out)
        return []
    count = write_decisions(workspace, arguments.out, of_year)
    return [] if count else [f"за {of_year} год решений не принято."]


def _indicators(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    if arguments.school or arguments.year:
        raise UserError(
            "Показатели выгружаются по всем школам и годам программы.",
            "Уберите параметры --school и --year.",
        )
    count = write_indicators(workspace, arguments.out)
    return [] if count else ["показателей в базе нет."]


def _deadlines(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    if arguments.school or arguments.year:
        raise UserError(
            "Календарь сроков составляется по всем школам и годам.",
            "Уберите параметры --school и --year.",
        )
    count = write_calendar(workspace, arguments.out)
    return [] if count else ["невыполненного со сроками в базе нет: календарь пуст."]


def _roadmap(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    filtered = _filter(workspace, arguments)
    count = write_roadmaps(workspace, arguments.out, arguments.title or "", *filtered)
    if count > 1:
        return [f"дорожных карт {count}, в файле все; одну из них выбирает параметр --title."]
    return [] if count else ["дорожных карт в базе нет."]


def _school_card(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    if not arguments.school:
        raise UserError("Не указано, чья карточка нужна.", "Добавьте --school и код школы.")
    school = find_school(workspace, arguments.school)
    of_year = arguments.year or newest_year(workspace)
    write(build_school_card(workspace, school.id, of_year), arguments.out)
    return []


def _filter(workspace: Workspace, arguments: argparse.Namespace) -> tuple[int | None, int | None]:
    """Return the year and the school that the arguments ask for, None for all."""
    school = find_school(workspace, arguments.school) if arguments.school else None
    return arguments.year, school.id if school else None


def find_school(workspace: Workspace, text: str) -> SchoolRow:
    """Return the one school with that code or that exact short name; UserError otherwise."""
    wanted = _plain(text)
    found = [
        school
        for school in list_schools(workspace)
        if text in (school.fisoko, school.rcoi) or _plain(school.short_name) == wanted
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{school.short_name} ({school.fisoko})" for school in found)
        raise UserError(f"«{text}» подходит нескольким школам: {names}.", "Укажите код ФИС ОКО.")
    raise UserError(
        f"Школы с кодом или названием «{text}» в базе нет.",
        "Коды школ видны на вкладке «Школы» и в выгрузке results.",
    )


def _plain(name: str) -> str:
    """Fold what people type in different ways: case, ё, quotes, spaces."""
    bare = "".join(sign for sign in name.casefold() if sign not in "«»\"'„“”№")
    return " ".join(bare.replace("ё", "е").split())


_OF_RESULTS = ("order", "results", "decisions", *export_analysis.WRITERS)
"""Kinds that speak of results: a year without any is refused, not written as an empty file."""
_WRITERS = {
    "order": _order,
    "results": _results,
    "passports": _passports,
    "bias": _bias,
    "decisions": _decisions,
    "school-card": _school_card,
    "indicators": _indicators,
    "deadlines": _deadlines,
    "roadmap": _roadmap,
    "programme": export_papers.write_programme,
}
