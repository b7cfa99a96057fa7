"""Makes a procedure of what the titles say, and tells in Russian what they leave out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.facts import Procedure
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.titles import FoundNumber, FoundSubject
from app.services.importing.subjects import Subject, is_plain_maths

_EXAMPLES = {
    AssessmentKind.VPR: "Математика",
    AssessmentKind.OGE: "Математика",
    AssessmentKind.EGE: "Математика (профильная)",
}
"""A subject as one would write it: the ЕГЭ has no mathematics without a level."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the titles above a table say; a table inherits what its own titles leave out."""

    year: FoundNumber | None = None
    grade: FoundNumber | None = None
    subject: FoundSubject | None = None

    def or_before(self, before: Context) -> Context:
        """Return this context with gaps filled from the table above."""
        return Context(
            self.year or before.year, self.grade or before.grade, self.subject or before.subject
        )

    def for_kind(self, kind: AssessmentKind, before: AssessmentKind | None) -> Context:
        """Return what is left of the titles above for a table of ``kind`` below one ``before``.

        The grade is that of one assessment; the subject goes on if the other one has it too.
        """
        if kind is before:
            return self
        said = self.subject and replace(
            self.subject, subject=subjects.resolve(self.subject.text, kind)
        )
        return Context(self.year, None, said)

    def cells(self) -> dict[str, str]:
        """Return the absolute addresses of the year, the grade and the subject, where known."""
        found = {"year": self.year, "grade": self.grade, "subject": self.subject}
        return {name: item.cell for name, item in found.items() if item and item.cell}


def procedure_of(
    kind: AssessmentKind, context: Context, findings: Findings, header_cell: str
) -> Procedure | None:
    """Return the procedure of a table, or None with every missing part noted."""
    _tell_missing(kind, context, findings, header_cell)
    if kind is AssessmentKind.EGE and context.subject and _lacks_level(context.subject):
        _ask_level(context.subject, findings, header_cell)
        return None
    if context.year is None or context.grade is None or context.subject is None:
        return None
    warn_unknown(context.subject.subject, findings, context.subject.cell or header_cell)
    _tell_choice(context.grade, findings, _OF_GRADES)
    _tell_choice(context.year, findings, _OF_YEARS)
    return Procedure(kind, context.year.value, context.subject.subject.name, context.grade.value)


def ask_exam(
    context: Context, findings: Findings, header_cell: str, *, subject_given: bool
) -> None:
    """Note that nothing says which exam a table is of, with all else that is missing.

    ``subject_given`` says that a column of the table names the subject of each row.
    """
    findings.sheet_error(
        "Нигде не сказано, ОГЭ это или ЕГЭ.",
        "Допишите над таблицей, например «ЕГЭ 2025», и загрузите файл снова.",
        header_cell,
    )
    _tell_missing(AssessmentKind.OGE, context, findings, header_cell, subject_given=subject_given)


def _tell_missing(
    kind: AssessmentKind,
    context: Context,
    findings: Findings,
    header_cell: str,
    *,
    subject_given: bool = False,
) -> None:
    missing = [
        (context.year is None, "год", f"Допишите над таблицей, например «{kind} 2025»."),
        (context.grade is None, "класс", "Допишите над таблицей, например «5 класс»."),
        (
            context.subject is None and not subject_given,
            "предмет",
            f"Допишите над таблицей, например «Предмет: {_EXAMPLES[kind]}».",
        ),
    ]
    for lacks, what, hint in missing:
        if lacks:
            findings.sheet_error(f"В заголовке таблицы не найден {what}.", hint, header_cell)


_OF_GRADES = "Если нужен класс, в котором её писали, оставьте в заголовке только его."
_OF_YEARS = "Если результаты другого года, оставьте в заголовке только его и загрузите файл снова."


def _tell_choice(found: FoundNumber, findings: Findings, hint: str) -> None:
    """Tell which of two grades or years of a title is taken, once for all tables under it."""
    if found.told and all(one.message != found.told for one in findings.problems):
        findings.sheet_warning(found.told, hint, (found.cell or "").replace("$", "") or None)


def _lacks_level(found: FoundSubject) -> bool:
    return not found.subject.known and is_plain_maths(found.subject.name)


def _ask_level(found: FoundSubject, findings: Findings, header_cell: str) -> None:
    findings.sheet_error(
        "ЕГЭ по математике бывает двух уровней, а какой это – не сказано.",
        "Допишите над таблицей «Предмет: Математика (профильная)» или «Предмет: Математика "
        "(базовая)» и загрузите файл снова.",
        (found.cell or header_cell).replace("$", ""),
    )


def warn_unknown(subject: Subject, findings: Findings, cell: str) -> None:
    """Tell of a subject that the catalogue does not know: a slip waits, another one is kept."""
    where = cell.replace("$", "")
    if subject.like:
        findings.sheet_error(
            f"Предмет «{subject.name}» программе не знаком; похоже, это «{subject.like}».",
            "Исправьте название предмета и загрузите файл снова.",
            where,
        )
    elif not subject.known:
        findings.sheet_warning(
            f"Предмет «{subject.name}» программе не знаком: оставлен, как написан в файле.",
            "Если это опечатка, исправьте название и загрузите файл снова.",
            where,
        )
