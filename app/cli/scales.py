"""``scales``: which scales and minimum scores serve; counting stored results anew by them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from app.cli.console import counted, require_writable, table, write_json
from app.cli.doors import Doors, ExitCode
from app.cli.places import add_database, add_json, add_year, existing_database
from app.errors import UserError
from app.services import scales
from app.services.scales import MARKS, About, CountedFigures, Known, MarkScale, MinScore, Recount
from app.services.workspace import Workspace

NAME = "scales"
HELP = "показать шкалы и минимальные баллы, пересчитать по ним результаты, отменить пересчёт"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_year(parser, "показать только этого года")
    parser.add_argument(
        "--recount", action="store_true", help="показать, какие результаты стали бы другими"
    )
    parser.add_argument(
        "--apply", action="store_true", help="вместе с --recount: пересчитать их и записать"
    )
    parser.add_argument("--undo", action="store_true", help="отменить последний пересчёт")
    add_database(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """List, count anew or take that back; exit code 1 while files must be loaded again for it."""
    _check(arguments)
    require_writable(arguments.json)
    with doors.open_workspace(existing_database(arguments)) as workspace:
        if arguments.undo:
            print(scales.undo_recount(workspace).message)
            return ExitCode.DONE
        if not arguments.recount:
            _print_known(workspace, arguments.year)
            return ExitCode.DONE
        found = scales.preview_recount(workspace)
        if arguments.apply:
            scales.recount(workspace)
    print("\n".join(_as_text(found, applied=arguments.apply)))
    if arguments.json:
        write_json(arguments.json, _as_json(found, applied=arguments.apply))
    return ExitCode.WAITS if found.left else ExitCode.DONE


def _check(arguments: argparse.Namespace) -> None:
    if arguments.apply and not arguments.recount:
        raise UserError("Параметр --apply бывает только вместе с --recount.", "Добавьте --recount.")
    if arguments.undo and arguments.recount:
        raise UserError("Параметры --recount и --undo вместе не бывают.", "Оставьте один из них.")
    if arguments.year and (arguments.recount or arguments.undo):
        raise UserError(
            "Параметр --year служит только для показа: пересчёт касается всех лет.",
            "Уберите --year.",
        )
    if arguments.json and not arguments.recount:
        raise UserError("Параметр --json бывает только вместе с --recount.", "Добавьте --recount.")


def _print_known(workspace: Workspace, of_year: int | None) -> None:
    known: tuple[Known[MinScore] | Known[MarkScale], ...]
    known = (*scales.list_minimums(workspace), *scales.list_scales(workspace))
    rows = [
        (
            one.entry.title,
            _value(one.entry),
            "учреждения" if one.own else "программы",
            one.instead,
            one.entry.source if one.entry.confirmed else f"не подтверждено: {one.entry.source}",
        )
        for one in known
        if of_year is None or one.entry.first_year <= of_year <= one.entry.last_year
    ]
    headers = ("Что", "Баллы", "Чья запись", "Вместо неё служит", "Источник")
    print(table(headers, rows) if rows else f"За {of_year} год ничего не известно.")


def _value(entry: MarkScale | MinScore) -> str:
    if isinstance(entry, MinScore):
        return f"не ниже {entry.score}"
    bands = zip(MARKS, entry.bands, strict=True)
    return "; ".join(f"«{mark}» {low}–{high}" for mark, (low, high) in bands)


def _as_text(found: Recount, *, applied: bool) -> Iterator[str]:
    number = counted(len(found.changes), "результат", "результата", "результатов")
    if not found.changes:
        nothing = " Ничего не записано." if applied else ""
        yield (f"Пересчитывать нечего: результаты посчитаны по тем шкалам, что действуют.{nothing}")
    elif applied:
        yield f"Пересчитано: {number}. Отменить: команда scales --undo или Ctrl+Z в окне."
    else:
        yield f"Изменилось бы: {number}. Ничего не записано; записать: --recount --apply."
    if found.changes:
        rows = [
            (one.about.school, _procedure(one.about), one.about.participants,
             _figures(one.before), _figures(one.after))
            for one in found.changes
        ]  # fmt: skip
        before, after = ("Было", "Стало") if applied else ("Сейчас", "Станет")
        yield table(("Школа", "Процедура", "Участников", before, after), rows)
    if found.left:
        yield f"\nНе пересчитать ({len(found.left)}), загрузите файлы снова:"
    for left in found.left:
        yield f"  {left.about.school}, {_procedure(left.about)}: {left.why}. Файл «{left.file}»."


def _procedure(about: About) -> str:
    return f"{about.kind}, {about.subject}, {about.grade} класс, {about.year} год"


def _figures(found: CountedFigures) -> str:
    if found.marks is not None:
        return _marks(found.marks)
    return "нет данных" if found.below is None else f"ниже минимума {found.below}"


def _marks(marks: Sequence[int]) -> str:
    return ", ".join(f"«{mark}» – {pupils}" for mark, pupils in zip(MARKS, marks, strict=True))


def _as_json(found: Recount, *, applied: bool) -> dict[str, Any]:
    """Return ``{"applied", "changes": […], "left": […]}``; what is not known is null."""
    return {
        "applied": applied,
        "changes": [
            {**_about(one.about), "before": _counts(one.before), "after": _counts(one.after)}
            for one in found.changes
        ],
        "left": [{**_about(one.about), "why": one.why, "file": one.file} for one in found.left],
    }


def _about(about: About) -> dict[str, Any]:
    return {
        "school": about.school,
        "year": about.year,
        "assessment": about.kind.value,
        "subject": about.subject,
        "grade": about.grade,
        "participants": about.participants,
    }


def _counts(found: CountedFigures) -> dict[str, int | None]:
    named = zip(MARKS, found.marks, strict=True) if found.marks is not None else ()
    return {"below": found.below, **{f"n{mark}": pupils for mark, pupils in named}}
