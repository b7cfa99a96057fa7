"""``days``: how the days of an exam are counted – retakes, reserve days; shown and changed."""

from __future__ import annotations

import argparse

from app.cli.console import table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.errors import UserError
from app.models.enums import AssessmentKind, DaysAnswer
from app.services import importing
from app.services.importing import ANSWER_TITLES, RememberedDays
from app.services.workspace import Workspace

NAME = "days"
HELP = "как считать экзамен, который сдавали в разные дни: показать ответы, ответить, забыть"

_WORDS = {
    "последняя": DaysAnswer.LATEST,
    "первая": DaysAnswer.FIRST,
    "основной": DaysAnswer.MAIN,
}
_MEANINGS = "; ".join(f"{word} – {ANSWER_TITLES[answer]}" for word, answer in _WORDS.items())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="Действия", metavar="ДЕЙСТВИЕ", dest="action")
    actions.required = True
    shown = actions.add_parser("list", help="показать ответы", description="Показать ответы.")
    said = actions.add_parser(
        "set",
        help="ответить или изменить ответ",
        description="Ответить, как считать дни экзамена. Загруженные результаты пересчитываются.",
    )
    gone = actions.add_parser("forget", help="забыть ответ", description="Забыть ответ.")
    for one in (said, gone):
        one.add_argument("kind", metavar="ЭКЗАМЕН", help="ОГЭ или ЕГЭ")
        one.add_argument("year", type=int, metavar="ГОД", help="год экзамена")
        one.add_argument("subject", metavar="ПРЕДМЕТ", help="предмет, как в плане загрузки")
    said.add_argument("answer", choices=tuple(_WORDS), metavar="ОТВЕТ", help=_MEANINGS)
    for one in (shown, said, gone):
        add_database(one)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do the named action."""
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.action == "list":
            print(_as_text(importing.list_days(workspace)))
        elif arguments.action == "set":
            _answer(workspace, arguments, _WORDS[arguments.answer])
        else:
            _forget(workspace, arguments)
    return ExitCode.DONE


def _answer(workspace: Workspace, arguments: argparse.Namespace, answer: DaysAnswer) -> None:
    key = importing.days_key_of(_kind(arguments.kind), arguments.year, arguments.subject)
    importing.answer_days(workspace, key, answer)
    row = next(one for one in importing.list_days(workspace) if one.key == key)
    print(f"{row.item}: {ANSWER_TITLES[answer]}. Загруженные результаты пересчитаны.")
    print("Если строки этого экзамена ждут в карантине, загрузите протоколы всех дней ещё раз.")


def _forget(workspace: Workspace, arguments: argparse.Namespace) -> None:
    key = importing.days_key_of(_kind(arguments.kind), arguments.year, arguments.subject)
    row = next((one for one in importing.list_days(workspace) if one.key == key), None)
    if row is None:
        raise UserError(
            f"Ответа о днях экзамена «{arguments.subject}» нет.",
            "Посмотрите ответы командой days list.",
        )
    importing.forget_days(workspace, row)
    print(f"{row.item}: ответ забыт, программа спросит снова. Загруженное осталось.")


def _kind(text: str) -> AssessmentKind:
    exams = (AssessmentKind.OGE, AssessmentKind.EGE)
    found = next((kind for kind in exams if kind.value.casefold() == text.strip().casefold()), None)
    if found is None:
        raise UserError(f"Экзамен «{text}» неизвестен.", "Напишите ОГЭ или ЕГЭ.")
    return found


def _as_text(rows: tuple[RememberedDays, ...]) -> str:
    if not rows:
        return (
            "Ответов о днях экзаменов нет. Если программа о них спрашивает, вопрос и готовая "
            "команда стоят в отчёте загрузки (import)."
        )
    lines = [
        (row.item, ANSWER_TITLES[row.answer], f"{row.made_at.astimezone():%d.%m.%Y %H:%M}")
        for row in rows
    ]
    return table(("Экзамен", "Как считать", "Когда отвечено"), lines)
