"""A blank of the program itself, filled in by a school: it says what it is, no mapping needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.models.enums import CodeSystem
from app.services.importing.cells import (
    compact_rows,
    expand_rows,
    is_empty,
    read_number,
    school_code,
    shorten,
    value_fault,
)
from app.services.importing.facts import (
    Block,
    Extract,
    Marks,
    Procedure,
    RecordFact,
    ResultFact,
    SchoolRef,
)
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.names import name_key
from app.services.importing.own_forms import (
    FORM_MARK,
    FORM_SCHOOL_ROW,
    FORM_VALUE,
    FieldType,
    FormDeclaration,
    FormField,
    form_declarations,
)

_CORNER = 4
"""The mark is looked for in so many first rows and columns: someone may have put rows above it."""
_YEARS = range(2000, 2101)
_NEW_BLANK = "Сделайте новый бланк на странице «Сбор сведений» и попросите школу перенести в него."
_FIX = "Исправьте ячейку и загрузите файл снова."


@dataclass(frozen=True, slots=True)
class _Form:
    """A blank that was recognised: where its mark stands and what the mark says."""

    sheet: Sheet
    declared: FormDeclaration
    row: int
    column: int
    year: int
    ref: SchoolRef
    named: Mapping[str, int]
    """0-based rows by the names of the hidden column."""
    across: Mapping[str, int]
    """0-based columns by the names of the hidden row."""

    def fixed(self, offset: int) -> str:
        """Return the absolute address of a cell of the mark."""
        return f"${column_letters(self.column + offset)}${self.row + 1}"

    def cells(self) -> dict[str, str]:
        """Return the columns of a block that are the same for every figure of the form."""
        return {
            "year": self.fixed(3),
            "fisoko": self.fixed(4),
            "rcoi": self.fixed(5),
            "name": self.fixed(6),
        }


@dataclass(frozen=True, slots=True)
class _Value:
    """One filled cell: its field, its 0-based place and what it says."""

    field: FormField
    row: int
    column: int
    value: int | float | str


def recognise(sheet: Sheet) -> float:
    """Return 1 for a sheet with our mark, whatever the file is called, else 0."""
    return 1.0 if _corner(sheet) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return the figures of the school; a form of another version is refused as a whole."""
    findings = Findings(sheet)
    corner = _corner(sheet)
    form = _form(sheet, *corner, findings) if corner else None
    if form is None:
        return Extract((), findings.problems)
    _compare_name(form, findings)
    block = _records(form, findings) if form.declared.record else _results(form, findings)
    blank = not block.facts and not findings.error_rows
    if blank:
        findings.sheet_warning(
            f"Бланк «{form.declared.title}» не заполнен: из него ничего не взято.",
            "Если школа заполняла его, проверьте, тот ли файл она прислала.",
        )
    read = {row for fact in block.facts for row in expand_rows(fact.rows)}
    read |= {row + 1 for row in findings.error_rows}
    return Extract((block,), findings.problems, len(read), blank=blank)


def _corner(sheet: Sheet) -> tuple[int, int] | None:
    return next(
        (
            (row, column)
            for row in range(_CORNER)
            for column in range(_CORNER)
            if sheet.at(row, column) == FORM_MARK
        ),
        None,
    )


def _form(sheet: Sheet, row: int, column: int, findings: Findings) -> _Form | None:
    """Return the form that the mark names; None, with a sheet error, when it cannot be used."""
    key, version, year = (sheet.text(row, column + offset) for offset in (1, 2, 3))
    declared = form_declarations().get(key)
    place = address(row, column + 1)
    if declared is None:
        findings.sheet_error(
            f"Это бланк программы «Опора», но вид «{shorten(key)}» ей не известен.",
            "Возможно, бланк сделан в более новой версии программы: обновите её.",
            place,
        )
    elif version != str(declared.version):
        findings.sheet_error(
            f"Бланк «{declared.title}» версии {shorten(version) or '?'}, "
            f"программа принимает версию {declared.version}.",
            _NEW_BLANK,
            place,
        )
    elif not year.isdecimal() or int(year) not in _YEARS:
        findings.sheet_error(
            f"В служебной строке бланка испорчен год: «{shorten(year)}».", _NEW_BLANK, place
        )
    else:
        ref = _ref(sheet, row, column)
        named, across = _names_down(sheet, row, column), _names_across(sheet, row + 1, column)
        return _Form(sheet, declared, row, column, int(year), ref, named, across)
    return None


def _ref(sheet: Sheet, row: int, column: int) -> SchoolRef:
    """Return the school that the blank was made for; what was typed over its name is not asked."""
    codes = []
    for offset, system in ((4, CodeSystem.FISOKO), (5, CodeSystem.RCOI)):
        found = school_code(sheet.at(row, column + offset))
        if found:
            codes.append((system, found[1]))
    return SchoolRef(tuple(codes), sheet.text(row, column + 6) or None)


def _names_down(sheet: Sheet, first: int, column: int) -> dict[str, int]:
    rows = range(first + 1, sheet.height)
    return {name: row for row in rows if (name := sheet.text(row, column))}


def _names_across(sheet: Sheet, row: int, first: int) -> dict[str, int]:
    width = len(sheet.rows[row]) if row < sheet.height else 0
    return {name: c for c in range(first + 1, width) if (name := sheet.text(row, c))}


def _compare_name(form: _Form, findings: Findings) -> None:
    """Warn when a school wrote another name over the one that the blank was made for."""
    row = form.named.get(FORM_SCHOOL_ROW)
    if row is None:
        return
    column = form.column + 2
    typed, made_for = form.sheet.text(row, column), form.ref.name or ""
    if typed and name_key(typed) != name_key(made_for):
        findings.cell_warning(
            row,
            column,
            f"В бланке стоит «{shorten(typed)}», а сделан он для школы «{made_for}»: "
            "сведения будут записаны ей.",
            "Если школа взяла чужой бланк, не загружайте файл и пришлите ей её бланк.",
        )


def _records(form: _Form, findings: Findings) -> Block:
    """Return the single figures of the form as one record."""
    column = form.across.get(FORM_VALUE)
    values: list[_Value] = []
    for field in form.declared.fields:
        row = form.named.get(field.name)
        if row is None or column is None:
            findings.sheet_error(f"В бланке нет строки «{field.title}»: её удалили.", _NEW_BLANK)
            continue
        value = _read(form.sheet, field, row, column, findings)
        if value is not None:
            values.append(value)
    _check_parts(values, findings)
    good = [one for one in values if one.row not in findings.error_rows]
    columns = {v.field.name: f"${column_letters(v.column)}${v.row + 1}" for v in good}
    facts = (_record(form, good),) if good else ()
    return Block(form.sheet.name, {**form.cells(), **columns}, facts)


def _record(form: _Form, values: list[_Value]) -> RecordFact:
    kind = form.declared.record
    if kind is None:
        raise ValueError(form.declared.key)
    return RecordFact(
        kind=kind,
        year=form.year,
        data={one.field.name: one.value for one in values},
        rows=compact_rows(one.row + 1 for one in values),
        ref=form.ref,
    )


def _results(form: _Form, findings: Findings) -> Block:
    """Return a result for every subject that the school filled in."""
    facts = tuple(
        fact
        for subject in form.declared.subjects
        if (row := form.named.get(subject)) is not None
        and (fact := _result(form, subject, row, findings))
    )
    letters = {name: column_letters(column) for name, column in form.across.items()}
    subject = column_letters(form.column + 2)
    columns = {**form.cells(), **letters, "subject": subject}
    if "n2" in letters:
        columns["below"] = letters["n2"]
    return Block(form.sheet.name, columns, facts)


def _result(form: _Form, subject: str, row: int, findings: Findings) -> ResultFact | None:
    values = list(_row_values(form, row, findings))
    _check_parts(values, findings)
    numbers = {one.field.name: one.value for one in values}
    if row in findings.error_rows or not numbers or not _complete(form, row, numbers, findings):
        return None
    kind = form.declared.assessment
    if kind is None:
        raise ValueError(form.declared.key)
    procedure = Procedure(kind, form.year, subject, form.declared.grade)
    return ResultFact(form.ref, procedure, _marks(numbers), str(row + 1))


def _row_values(form: _Form, row: int, findings: Findings) -> Iterator[_Value]:
    for field in form.declared.columns:
        column = form.across.get(field.name)
        value = None if column is None else _read(form.sheet, field, row, column, findings)
        if value is not None:
            yield value


def _complete(
    form: _Form, row: int, numbers: Mapping[str, float | str], findings: Findings
) -> bool:
    """Return whether a row says enough; nobody sat the exam where participants are 0."""
    if numbers == {"participants": 0}:
        return False
    missing = [field for field in form.declared.columns if field.name not in numbers]
    for field in missing:
        column = form.across.get(field.name, form.column)
        findings.cell_error(
            row, column, f"Строка заполнена не вся: пусто в графе «{field.title}».", _FIX
        )
    return not missing


def _marks(numbers: Mapping[str, float | str]) -> Marks:
    def count(name: str) -> int | None:
        value = numbers.get(name)
        return None if value is None else int(value)

    mean, below = numbers.get("mean"), count("below")
    return Marks(
        participants=int(numbers["participants"]),
        n2=count("n2"),
        n3=count("n3"),
        n4=count("n4"),
        n5=count("n5"),
        below=count("n2") if below is None else below,
        mean=None if mean is None else float(mean),
    )


def _read(
    sheet: Sheet, field: FormField, row: int, column: int, findings: Findings
) -> _Value | None:
    """Return what a cell says; an empty one says nothing, a wrong one is an error at the cell."""
    cell = sheet.at(row, column)
    if is_empty(cell):
        return None
    reader = _choice if field.type is FieldType.CHOICE else _number
    value, fault = reader(sheet, field, row, column)
    if fault:
        findings.cell_error(row, column, f"«{field.title}»: {fault}.", _FIX)
        return None
    return None if value is None else _Value(field, row, column, value)


def _choice(sheet: Sheet, field: FormField, row: int, column: int) -> tuple[int | str | None, str]:
    text = sheet.text(row, column)
    fault = value_fault(sheet.at(row, column))
    if fault:
        return None, fault
    found = next((known for known in field.choices if known == text.casefold()), None)
    allowed = ", ".join(f"«{known}»" for known in field.choices)
    if found is None:
        return None, f"стоит «{shorten(text)}», а нужно одно из: {allowed}"
    return int(found) if found.isdecimal() else found, ""


def _number(
    sheet: Sheet, field: FormField, row: int, column: int
) -> tuple[int | float | None, str]:
    number = read_number(sheet.at(row, column))
    if number.fault or number.value is None:
        return None, number.fault or ""
    value: int | float | None = number.value
    if field.type is FieldType.WHOLE:
        value = number.whole
    shown = f"{number.value:g}".replace(".", ",")
    if value is None:
        return None, f"стоит {shown}, а нужно целое число"
    if not field.least <= value <= field.most:
        return None, f"стоит {shown}, а нужно от {field.least:g} до {field.most:g}"
    return value, ""


def _check_parts(values: list[_Value], findings: Findings) -> None:
    """A part is not above its whole: boys among pupils, «2» among participants."""
    known = {one.field.name: one for one in values}
    for one in values:
        whole = known.get(one.field.not_above or "")
        if whole is None or isinstance(one.value, str) or isinstance(whole.value, str):
            continue
        if one.value > whole.value:
            findings.cell_error(
                one.row,
                one.column,
                f"«{one.field.title}»: {one.value:g} – больше, чем «{whole.field.title}» "
                f"({whole.value:g}).",
                _FIX,
            )


LAYOUT = Layout("own_form", "Бланк программы «Опора»", recognise, extract, recognise)
