"""What ``export`` does for the programme and for papers that are described by data."""

from __future__ import annotations

import argparse
from dataclasses import replace

from app.cli import export_fields
from app.cli.places import newest_year
from app.errors import UserError
from app.services.documents import (
    SENTENCE,
    OrderRequest,
    PaperRequest,
    ProgrammeRequest,
    Request,
    build_paper,
    build_programme,
    list_templates,
    newest_programme,
    write,
    write_filled,
)
from app.services.workspace import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what only papers take."""
    parser.add_argument("--programme", type=int, metavar="НОМЕР", help="номер программы в базе")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="ПОЛЕ=ТЕКСТ",
        help="поле документа: number, date, controller… Неизвестное называет все, какие есть",
    )
    parser.add_argument(
        "--sentence",
        action="append",
        default=[],
        metavar="ИМЯ=ТЕКСТ",
        help="предложение только этого документа: title, preamble…; правило под перечнем приказа "
        "называется вместе с rule: rule/low. Ключи всех предложений: texts list",
    )
    parser.add_argument(
        "--template", metavar="НАЗВАНИЕ", help="по своему шаблону Word; список: templates list"
    )


def write_by_template(
    workspace: Workspace, arguments: argparse.Namespace, request: Request
) -> list[str]:
    """Write the document by a template of the office; return what nothing was known for."""
    row = next((one for one in list_templates(workspace) if one.title == arguments.template), None)
    if row is None:
        raise UserError(
            f"Шаблона «{arguments.template}» нет.", "Список шаблонов: команда templates list."
        )
    blanks = write_filled(workspace, row.id, request, arguments.out)
    return [f"нет данных для метки [[{word}]]." for word in blanks]


def write_order_by_template(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    """Write the order that approves the list by a template of the office."""
    return write_by_template(workspace, arguments, order_request(workspace, arguments))


def order_request(workspace: Workspace, arguments: argparse.Namespace) -> OrderRequest:
    """Return the order of the year with the fields of ``--set`` and the own sentences, checked."""
    fields = export_fields.order_fields(arguments.set)
    said = export_fields.own_sentences(export_fields.ORDER, arguments.sentence)
    asked = OrderRequest(arguments.year or newest_year(workspace), sentences=said)
    return replace(asked, **fields)


def write_programme(workspace: Workspace, arguments: argparse.Namespace) -> list[str]:
    """Write the programme; return what its outline had nothing to print for."""
    chosen = arguments.programme or newest_programme(workspace, arguments.year)
    if arguments.template:
        return write_by_template(workspace, arguments, ProgrammeRequest(chosen))
    draft = build_programme(workspace, chosen)
    write(draft.content, arguments.out)
    empty = dict.fromkeys(one.title for one in draft.empty)
    return [f"раздел «{title}» пуст и не напечатан." for title in empty]


def write_paper(
    workspace: Workspace, arguments: argparse.Namespace, school_id: int | None
) -> list[str]:
    """Write a paper of a described kind; return its warnings and what was left blank."""
    said = export_fields.own_sentences(arguments.kind, arguments.sentence)
    values = {
        **export_fields.paper_fields(arguments.kind, arguments.set),
        **{f"{SENTENCE}{name}": text for name, text in said.items()},
    }
    request = PaperRequest(
        kind=arguments.kind,
        year=arguments.year or newest_year(workspace),
        programme_id=arguments.programme,
        school_id=school_id,
        number=values.get("number", ""),
        date=export_fields.day(values["date"]) if "date" in values else None,
        values=values,
    )
    if arguments.template:
        return write_by_template(workspace, arguments, request)
    draft = build_paper(workspace, request)
    write(draft.content, arguments.out)
    return [*draft.warnings, *(f"в бумаге осталось вписать: {blank}." for blank in draft.blanks)]
