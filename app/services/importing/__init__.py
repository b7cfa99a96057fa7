"""Taking in a stick: from files of any kind to stored values, each with its cell."""

from app.services.importing.batches import BatchRow, list_batches
from app.services.importing.own_forms import (
    FORM_MARK,
    FORM_SCHOOL_ROW,
    FORM_VALUE,
    FieldType,
    FormDeclaration,
    FormField,
    form_declarations,
)
from app.services.importing.pipeline import PlanStale, apply, discard, prepare, revise
from app.services.importing.plan import (
    Answer,
    Candidate,
    Change,
    ChangeKind,
    Decisions,
    Difference,
    FilePlan,
    Finding,
    ImportPlan,
    ImportReport,
    RowCounts,
    SchoolQuestion,
)
from app.services.importing.report import exit_code, report_json
from app.services.importing.undo import UndoReport, undo

__all__ = [
    "FORM_MARK",
    "FORM_SCHOOL_ROW",
    "FORM_VALUE",
    "Answer",
    "BatchRow",
    "Candidate",
    "Change",
    "ChangeKind",
    "Decisions",
    "Difference",
    "FieldType",
    "FilePlan",
    "Finding",
    "FormDeclaration",
    "FormField",
    "ImportPlan",
    "ImportReport",
    "PlanStale",
    "RowCounts",
    "SchoolQuestion",
    "UndoReport",
    "apply",
    "discard",
    "exit_code",
    "form_declarations",
    "list_batches",
    "prepare",
    "report_json",
    "revise",
    "undo",
]
