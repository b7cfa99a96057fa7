"""``answers``: which school the files mean, and which are not ours; shown, answered, forgotten."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.cli.console import table
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, existing_database
from app.errors import UserError
from app.services import importing

if TYPE_CHECKING:
    from app.services.importing import (
        Answer,
        RememberedAnswer,
        SchoolQuestion,
        StoredQuestion,
    )
    from app.services.workspace import Workspace

NAME = "answers"
HELP = "какая это школа, если файлы называют её иначе: показать ответы, ответить, забыть"

_KNOWN, _NEW, _FOREIGN = 'школа "НАЗВАНИЕ или код"', "новая", "не наша"
_FORMS = f"{_KNOWN} | {_NEW} | {_FOREIGN}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="Действия", metavar="ДЕЙСТВИЕ", dest="action")
    actions.required = True
    shown = actions.add_parser(
        "list",
        help="показать вопросы и ответы",
        description="Показать, какие школы ждут ответа и что уже отвечено.",
    )
    said = actions.add_parser(
        "set",
        help="ответить или изменить ответ",
        description="Ответить, какую школу называет файл. Её строки войдут, когда файл загрузят "
        "ещё раз.",
    )
    gone = actions.add_parser("forget", help="забыть ответ", description="Забыть ответ.")
    for one in (said, gone):
        one.add_argument("name", metavar="ШКОЛА", help="название или код, как в файле")
    said.add_argument("answer", nargs="+", metavar="ОТВЕТ", help=_FORMS)
    for one in (shown, said, gone):
        add_database(one)


def how_to_answer(
    question: SchoolQuestion | StoredQuestion,
    questions: Sequence[SchoolQuestion] | Sequence[StoredQuestion],
) -> str:
    """Return the command that answers a question, with the answers that it may have."""
    known = () if question.of_district else (_KNOWN,)
    new = (_NEW,) if question.can_create else ()
    forms = (*known, *new, _FOREIGN)
    return f'answers set "{importing.wording(question, questions)}" {" | ".join(forms)}'


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Do the named action."""
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.action == "list":
            print(_as_text(importing.open_questions(workspace), importing.list_answers(workspace)))
        elif arguments.action == "set":
            _answer(workspace, arguments.name, " ".join(arguments.answer))
        else:
            _forget(workspace, arguments.name)
    return ExitCode.DONE


def _answer(workspace: Workspace, name: str, words: str) -> None:
    question = importing.question_named(workspace, name)
    answer = _meaning(workspace, words)
    said = importing.remember_answer(workspace, question.key, answer)
    if question.of_district:
        print(f"{said.title}: не наш, строки всех его школ не загружаются.")
    elif said.school is None:
        print(f"{said.title}: не наша, её строки не загружаются.")
    elif answer is importing.Answer.NEW:
        print(f"{said.title}: в реестр добавлена школа «{said.school}».")
    else:
        print(f"{said.title}: это «{said.school}».")
    print("Загрузите файлы ещё раз: строки, которые ждут ответа, будут разобраны по нему.")
    if said.replaced:
        print("Загруженное по прежнему ответу осталось: если его нужно убрать, отмените загрузку.")


def _meaning(workspace: Workspace, words: str) -> int | Answer:
    """Return the answer that the words give; UserError when they give none."""
    plain = words.casefold().split()
    if plain in (["новая"], ["новая", "школа"]):
        return importing.Answer.NEW
    if plain in (["не", "наша"], ["не", "наша", "школа"], ["не", "наш"]):
        return importing.Answer.SKIP
    first, _, rest = words.strip().partition(" ")
    if first.casefold() == "школа" and rest.strip():
        return importing.school_meant(workspace, rest.strip())
    raise UserError(f"Ответ «{words}» непонятен.", f"Напишите: {_FORMS}.")


def _forget(workspace: Workspace, name: str) -> None:
    answer = importing.answer_named(workspace, name)
    importing.forget_answer(workspace, answer)
    print(f"{answer.name}: ответ забыт, программа спросит снова. Загруженное осталось.")


def _as_text(questions: Sequence[StoredQuestion], answers: Sequence[RememberedAnswer]) -> str:
    parts = []
    if questions:
        lines = ["Ждут ответа:"]
        for one in questions:
            lines.append(f"  {one.title}: {one.where}")
            lines.append(f"    Ответить: {how_to_answer(one, questions)}")
        parts.append("\n".join(lines))
    if answers:
        rows = [(one.name, f"«{one.school}»" if one.school else "не наша") for one in answers]
        parts.append(table(("Как в файлах", "Какая это школа"), rows))
    return "\n\n".join(parts) or "О школах программа ещё не спрашивала."
