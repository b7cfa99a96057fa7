"""The report of a load as people read it in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.cli.answers import how_to_answer
from app.cli.console import counted, table
from app.errors import UserError
from app.models.enums import FileStatus, Severity
from app.services import importing
from app.services.source import cells_in_words

if TYPE_CHECKING:
    from app.services.importing import FilePlan, Finding, ImportPlan, ImportReport

    Load = ImportPlan | ImportReport

_STATUS = {
    FileStatus.IMPORTED: "загружен",
    FileStatus.UNCHANGED: "без изменений",
    FileStatus.NEEDS_DECISION: "ждёт решения",
    FileStatus.REFUSED: "не принят",
}
_PLANNED = {**_STATUS, FileStatus.IMPORTED: "будет загружен"}


def refusals(load: Load) -> UserError:
    """Return the error of a load of which nothing could be used: every file with its reason."""
    reasons = [
        f"{file.path}: {_finding_text(finding)}"
        for file in load.files
        for finding in file.findings
        if finding.severity is Severity.ERROR
    ]
    return UserError("Ни один файл не принят, база не изменена.", "\n".join(reasons))


def _by_status(load: Load) -> dict[FileStatus, int]:
    found = Counter(file.status for file in load.files)
    return {status: found[status] for status in FileStatus}


def as_text(load: Load, *, planned: bool) -> str:
    """Return the report for the terminal; ``planned`` when nothing was stored yet."""
    words = _PLANNED if planned else _STATUS
    rows = [
        (
            f.path,
            f.layout_title,
            words[f.status],
            f.rows.read,
            f.rows.stored - f.rows.changed,
            f.rows.changed,
            f.rows.quarantined,
        )
        for f in load.files
    ]
    headers = ("Файл", "Что это", "Итог", "Строк", "Новых", "Изменено", "В карантине")
    parts = [table(headers, rows)]
    parts += [_findings_text(file) for file in load.files if file.findings]
    parts += list(_questions_text(load, planned=planned))
    parts += list(_days_text(load))
    parts.append(_summary(load, words))
    return "\n\n".join(parts)


def _findings_text(file: FilePlan) -> str:
    return "\n".join([f"{file.path}:", *(f"  {_finding_text(f)}" for f in file.findings)])


def _finding_text(finding: Finding) -> str:
    word = "Ошибка" if finding.severity is Severity.ERROR else "Предупреждение"
    place = f"лист «{finding.sheet}»" if finding.sheet else ""
    if finding.cell:
        place += f", {cells_in_words(finding.cell)}"
    start = f"{word}, {place}: " if place else f"{word}: "
    note = f" Подтверждено: {finding.note}" if finding.soft and finding.note else ""
    return f"{start}{finding.message} {finding.hint}".rstrip() + note


def _days_text(load: Load) -> Iterator[str]:
    if not load.days:
        return
    lines = ["Экзамен сдавали не в один день; ждёт ответа, как считать:"]
    for question in load.days:
        kind, year, subject = question.key.split("|", 2)
        days = ", ".join(f"{day:%d.%m.%Y}" for day in question.days)
        twice = f"; дважды сдавали {question.again} чел." if question.again else ""
        lines.append(f"  {question.item} ({days or 'по заголовку'}): {question.where}{twice}")
        proposed = importing.ANSWER_TITLES[question.proposed]
        lines.append(
            f'    Ответить: days set {kind} {year} "{subject}" последняя|первая|основной '
            f"(предлагается: {proposed}), затем загрузите файлы ещё раз."
        )
    yield "\n".join(lines)


def _questions_text(load: Load, *, planned: bool) -> Iterator[str]:
    if not load.questions:
        return
    lines = ["Не удалось узнать школы; их строки ждут ответа:"]
    if planned:
        lines = ["Не удалось узнать школы; ответить можно после загрузки (без --dry-run):"]
    for question in load.questions:
        known = ", ".join(f"«{candidate.name}»" for candidate in question.candidates)
        guess = f"; похоже на {known}" if known else ""
        codes = f" ({question.codes})" if question.codes and question.name else question.codes
        name = f"«{question.name}»" if question.name else ""
        if question.of_district:
            schools = counted(question.schools, "школы", "школ", "школ")
            name, guess = question.name, f"; ни одной из {schools} в базе нет"
        lines.append(f"  {name}{codes}: {question.where}{guess}")
        command = how_to_answer(question, load.questions)
        lines.append(f"    Ответить: {command}, затем загрузите файлы ещё раз.")
    yield "\n".join(lines)


def _summary(load: Load, words: dict[FileStatus, str]) -> str:
    statuses = [f"{words[status]}: {n}" for status, n in _by_status(load).items() if n]
    rows = load.totals
    return (
        f"Всего {counted(len(load.files), 'файл', 'файла', 'файлов')} ({', '.join(statuses)}); "
        f"строк прочитано {rows.read}, новых {rows.stored - rows.changed}, "
        f"изменено {rows.changed}, без изменений {rows.unchanged}, "
        f"в карантине {rows.quarantined}."
    )
