"""``classify``: which schools need support in a year, and why."""

from __future__ import annotations

import argparse

from app.cli import verdict_report
from app.cli.console import require_writable, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, add_json, add_year, existing_database, require_year
from app.services import methodology

NAME = "classify"
HELP = "назвать школы, которым нужна поддержка, и объяснить почему"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_year(parser, "год результатов", required=True)
    parser.add_argument(
        "--methodology",
        metavar="КЛЮЧ|ФАЙЛ",
        help="что было бы по другой методике: её ключ (команда methodology) или файл .json",
    )
    add_database(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Compute the categories and tell them; nothing is stored."""
    require_writable(arguments.json)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        require_year(workspace, arguments.year, methodology.years_to_decide(workspace))
        named: str | None = arguments.methodology
        rules = None if named is None else methodology.rules_by_name(workspace, named)
        found = methodology.classify(workspace, arguments.year, rules)
    print(verdict_report.as_text(found))
    if arguments.json:
        write_json(arguments.json, methodology.report_json(found))
    return ExitCode.DONE
