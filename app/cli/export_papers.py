"""What ``export`` does for the programme and for papers that are described by data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
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
    amending_order,
    based_on,
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
        "--like",
        type=int,
        metavar="№",
        help="взять за основу документ реестра: люди, тексты и свои предложения, без номера, "
        "даты и сроков; номера показывает documents --register",
    )
    parser.add_argument(
        "--amends",
        type=int,
        metavar="№",
        help="для order-amend: какой документ реестра меняется; без amendments изменения "
        "составляются из сравнения с данными",
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
    base = _base(workspace, arguments)
    if isinstance(base, OrderRequest):
        return replace(base, sentences={**base.sentences, **said}, **fields)
    asked = OrderRequest(arguments.year or newest_year(workspace), sentences=said)
    return replace(asked, **fields)


def _base(
    workspace: Workspace, arguments: argparse.Namespace
) -> OrderRequest | PaperRequest | None:
    """Return what the document of ``--like`` says of a new one; None without it, checked."""
    if arguments.like is None:
        return None
    year = arguments.year or newest_year(workspace)
    based = based_on(workspace, arguments.like, year)
    kind = based.request.kind if isinstance(based.request, PaperRequest) else export_fields.ORDER
    if kind != arguments.kind:
        raise UserError(
            f"Документ реестра № {arguments.like} – вида «{kind}», "
            f"а выгружается «{arguments.kind}».",
            f"Напишите export {kind} или выберите другой документ: documents --register.",
        )
    for note in based.notes:
        print(f"Обратите внимание: {note}", file=sys.stderr)
    return based.request


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
    request = _amending(workspace, arguments, _over_base(request, _base(workspace, arguments)))
    if arguments.template:
        return write_by_template(workspace, arguments, request)
    draft = build_paper(workspace, request)
    write(draft.content, arguments.out)
    return [*draft.warnings, *(f"в бумаге осталось вписать: {blank}." for blank in draft.blanks)]


def _over_base(asked: PaperRequest, base: OrderRequest | PaperRequest | None) -> PaperRequest:
    """Return a request with what the base says where nothing else was asked for."""
    if not isinstance(base, PaperRequest):
        return asked
    return replace(
        asked,
        programme_id=asked.programme_id or base.programme_id,
        school_id=asked.school_id or base.school_id,
        values={**base.values, **asked.values},
        profile=base.profile,
    )


def _amending(
    workspace: Workspace, arguments: argparse.Namespace, asked: PaperRequest
) -> PaperRequest:
    """Tie an order to the document that it changes; what is not said comes of the data."""
    if arguments.amends is None:
        return asked
    made: Mapping[str, str] = {}
    if "amendments" not in asked.values:
        made = amending_order(workspace, arguments.amends).request.values
    return replace(asked, amends=arguments.amends, values={**made, **asked.values})
