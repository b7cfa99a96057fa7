"""From the sheets of a book to facts: recognised, extracted, checked; runs in the child process.

Nothing here knows of the database: what a person said of cells, tables and scales comes with the
task.  The raw cells end here, facts and findings go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.models.enums import AssessmentKind, FileStatus, Severity
from app.services.importing.archive import write_without
from app.services.importing.beside_results import beside_results, results_alone
from app.services.importing.beside_results import told as others_told
from app.services.importing.checking import check
from app.services.importing.contradictions import contradictions
from app.services.importing.correcting import correct
from app.services.importing.district_columns import districts_of
from app.services.importing.documents import INSIDE, joined
from app.services.importing.facts import (
    AppealFact,
    Extract,
    PersonalColumn,
    Problem,
    RecordFact,
    ReferenceFact,
    RegisterFact,
    ResultFact,
)
from app.services.importing.far_figures import without_wrong
from app.services.importing.grade_columns import grade_columns, of_grade
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.layouts import (
    Layout,
    best_layout,
    mapped,
    social_passport_form,
)
from app.services.importing.layouts.aside import marked
from app.services.importing.layouts.one_class import of_one_class
from app.services.importing.layouts.year_columns import read_by_years
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.marks_in_cells import joined as joined_cells
from app.services.importing.marks_in_cells import parted
from app.services.importing.one_school import with_owner, without_owner
from app.services.importing.other_works import only_real
from app.services.importing.paragraphs import about_paragraphs
from app.services.importing.partial_totals import without_partial
from app.services.importing.path_titles import full_path, other_exam, told, ways_by_path
from app.services.importing.personal import without_personal
from app.services.importing.plan import Finding
from app.services.importing.record_checks import check_records
from app.services.importing.school_columns import is_of_schools, turned, turned_back
from app.services.importing.school_numbers import with_names
from app.services.importing.side_by_side import beside, tables_beside, unknown_table
from app.services.importing.subject_columns import of_subject, subject_columns, together
from app.services.importing.task import BookTask
from app.services.importing.unread_sheets import unread
from app.services.importing.word_titles import titled_ways, with_titles, without_titles
from app.services.progress import NoProgress
from app.services.scales import shipped, using
from app.services.spreadsheets import RawSheet

_OF_TABLES = (RegisterFact, ResultFact, ReferenceFact, RecordFact, AppealFact)
"""What tables under titles give; plans and indicators read the paragraphs above by themselves."""
_OF_TEXT = ("docx", "html")
_LISTED = 5
"""So many sheets are called by name in one sentence."""
_TABLE_SIDE = 2
"""A table has at least so many rows with so many filled cells."""


def facts_of(
    task: BookTask, kind: str, sheets: Sequence[RawSheet], notes: tuple[str, ...]
) -> LoadedFile:
    """Return the facts of a book that was read as ``kind``, and why parts of it give none."""
    found = tuple(Sheet(one.name, one.rows, one.hidden, one.before, one.merged) for one in sheets)
    workbook = Workbook(kind, joined(found) if kind == "docx" else found, task.notes + notes)
    with using(task.scales or shipped()):
        return load_book(task, workbook)


def load_book(task: BookTask, workbook: Workbook) -> LoadedFile:
    """Return the facts of a book, and why parts of it give none, by the scales that serve now."""
    corrected = correct(workbook, task.cells)
    original, workbook = workbook, corrected.workbook
    filled = [sheet for sheet in workbook.sheets if any(True for _ in sheet.filled_rows())]
    known = [
        _read(sheet, task, _above(filled[:place], workbook.format))
        for place, sheet in enumerate(filled)
    ]
    sheets = [one for one in known if one is not None]
    understood = {one.sheet for one in sheets}
    unknown = [sheet for sheet in filled if sheet.name not in understood]
    findings = [Finding(Severity.WARNING, note) for note in workbook.notes]
    findings.extend(corrected.lost)
    failure = None
    if not sheets:
        failure, reason = _nothing_understood(filled, unknown, document=workbook.format == "docx")
        findings.append(reason)
    else:
        findings.extend(_about_sheets(workbook.sheets, sheets, filled))
        findings.extend(contradictions(sheets, task.path))
    around = about_paragraphs(
        task.copy, workbook.format, original.sheets, [one.extract for one in sheets]
    )
    findings.extend([around] if around else [])
    return LoadedFile(
        path=task.path,
        size=task.size,
        sha256=task.sha256,
        format=workbook.format,
        sheets=tuple(sheets),
        findings=tuple(findings),
        failure=failure,
        keep=_copy_to_keep(task.copy, original, sheets, unknown, bare=around is not None)
        if sheets
        else None,
        corrections=corrected.cells,
        folder=task.folder,
    )


_DOUBTFUL = 0.6
"""A table of a document that is no surer than this is what its titles make of it, if anything."""


def _above(sheets: Sequence[Sheet], kind: str) -> tuple[str, ...]:
    """Return what stands above in a document or a page: paragraphs, tables that only lay out text.

    The sheets of a book are apart: none of them titles another.
    """
    if kind not in _OF_TEXT:
        return ()
    return tuple(
        text
        for sheet in sheets
        for text in (*sheet.before, *([] if _is_table(sheet) else _texts(sheet)))
    )


def _texts(sheet: Sheet) -> list[str]:
    return [text for row in sheet.filled_rows() for text in sheet.texts(row) if text]


def _read(sheet: Sheet, task: BookTask, above: tuple[str, ...]) -> LoadedSheet | None:
    """Return what a sheet gives of the ВПР, ОГЭ and ЕГЭ and of all that is no assessment."""
    loaded = _recognise(sheet, task, above)
    if loaded is None:
        return None
    beside = beside_results(sheet)
    # A trial exam beside the exam is told already, and says nothing of the columns of the exam.
    own = sheet if beside is None else results_alone(sheet, beside)
    loaded = only_real(own, loaded, f"{task.folder}/{task.path}", above)
    names = (Path(task.path).stem, Path(task.path).parent.name)
    return replace(loaded, extract=of_one_class(sheet, loaded.extract, names))


def _recognise(sheet: Sheet, task: BookTask, above: tuple[str, ...]) -> LoadedSheet | None:
    """Return the sheet as the best layout reads it; one that none can use, as it was mapped."""
    path = full_path(task.folder, task.path)
    # First: a passport of two schools side by side would be read as a form of one.
    schools_beside = _turned(sheet)
    if schools_beside is not None:
        return schools_beside
    parted = _parted(sheet)
    if parted is not None:
        return _understood(sheet, *parted)
    found, extract = _best(sheet)
    if found and _is_form_of_many(sheet, found[0]):
        found, extract = None, Extract(())
    if found and any(block.facts for block in extract.blocks):
        doubtful = _under_titles(sheet, above) if found[1] < _DOUBTFUL else None
        if doubtful is not None:
            return doubtful
        exam = _under_path(sheet, path) if _is_other_exam(sheet, path, extract) else None
        return exam or _understood(sheet, found[0], extract)
    titled = _under_titles(sheet, above)
    if titled is not None:
        return titled
    as_mapped = mapped.find_mapping(sheet, task.mappings)
    if as_mapped is not None:
        mark, layout, extract = as_mapped
        return _understood(sheet, layout, extract, mark)
    otherwise = _of_one_school(sheet, above) or _under_path(sheet, path)
    if otherwise is None and found is None:
        return _of_numbers(sheet, task, above)
    if otherwise is not None or found is None:
        return otherwise
    return _still_asked(sheet, path, extract) or _understood(sheet, found[0], extract)


def _best(sheet: Sheet) -> tuple[tuple[Layout, float] | None, Extract]:
    found = best_layout(sheet)
    if found is None:
        return None, Extract(())
    return found, read_by_years(sheet, found[0], found[0].extract(sheet))


def _under_titles(sheet: Sheet, above: tuple[str, ...]) -> LoadedSheet | None:
    """Return a table of a document as a layout reads it under the paragraphs that title it."""
    for way in titled_ways(sheet, above):
        read = _titled(way)
        if read is not None:
            return _understood(sheet, *read)
    return None


def _is_other_exam(sheet: Sheet, path: str, extract: Extract) -> bool:
    facts = (block.facts[0] for block in extract.blocks if block.facts)
    results = (fact for fact in facts if isinstance(fact, ResultFact))
    assumed = any(fact.procedure.kind is AssessmentKind.VPR for fact in results)
    return assumed and other_exam(sheet, path)


def _under_path(sheet: Sheet, path: str) -> LoadedSheet | None:
    """Return a table that lacks titles as a layout reads it by the name of its file or folder."""
    ways = ways_by_path(sheet, path)
    if not ways:
        return None
    for owned in (False, True):
        if _titled(ways[-1][0], owned=owned) is None:
            continue
        for way, taken in ways:
            read = _titled(way, owned=owned)
            if read is not None:
                layout, extract = read
                return _understood(sheet, layout, told(extract, taken))
    return None


def _still_asked(sheet: Sheet, path: str, extract: Extract) -> LoadedSheet | None:
    """Return a table that lacks titles with what its path does not say either; None for all."""
    for way, taken in ways_by_path(sheet, path)[-1:]:
        found, under = _best(with_titles(way))
        if found and 0 < len(_errors(under)) < len(_errors(extract)):
            return _understood(sheet, found[0], told(without_titles(under, way), taken))
    return None


def _errors(extract: Extract) -> list[Problem]:
    return [one for one in extract.problems if one.severity is Severity.ERROR]


def _turned(sheet: Sheet) -> LoadedSheet | None:
    """Return a table whose schools stand side by side as a layout reads it turned."""
    how = turned(sheet)
    read = _titled(how.sheet) if how else None
    if how is None or read is None or not is_of_schools(read[1]):
        return None
    return _understood(sheet, read[0], turned_back(read[1], how))


def _parted(sheet: Sheet) -> tuple[Layout, Extract] | None:
    """Return what stands side by side on a sheet or in a cell, each read by itself."""
    for by in (_by_tables, _without_others, _by_subjects, _by_grades, _by_cells):
        read = by(sheet)
        if read is not None:
            return read
    return None


def _without_others(sheet: Sheet) -> tuple[Layout, Extract] | None:
    """Return a table as it is read without columns that are called no results of the work."""
    found = beside_results(sheet)
    if found is None:
        return None
    alone = results_alone(sheet, found)
    best, extract = _best(alone)
    read = _parted(alone) or (best and (best[0], extract))
    if not read or not any(block.facts for block in read[1].blocks):
        return None
    return read[0], others_told(sheet, found, read[1])


def _by_cells(sheet: Sheet) -> tuple[Layout, Extract] | None:
    """Return a table whose cells hold four marks each as a layout reads them apart."""
    how = parted(sheet)
    found, extract = _best(how.sheet) if how else (None, Extract(()))
    if how is None or found is None or not any(block.facts for block in extract.blocks):
        return None
    return found[0], joined_cells(extract, how)


def _by_tables(sheet: Sheet) -> tuple[Layout, Extract] | None:
    """Return tables that stand side by side; each is read in its own columns."""
    tables = tables_beside(sheet)
    read = [_best(one) for one in tables]
    layouts = [found[0] for found, _ in read if found is not None]
    if not layouts or not any(block.facts for _, one in read for block in one.blocks):
        return None
    known = [
        extract if found else unknown_table(one)
        for one, (found, extract) in zip(tables, read, strict=True)
    ]
    return layouts[0], beside(known)


def _by_subjects(sheet: Sheet) -> tuple[Layout, Extract] | None:
    """Return a summary whose subjects stand side by side as a layout reads each of them."""
    found = subject_columns(sheet)
    if found is None:
        return None
    read = [_best(of_subject(sheet, found, subject)) for subject in found.groups]
    layouts = {layout[0].key: layout[0] for layout, _ in read if layout is not None}
    if len(layouts) != 1 or not all(any(b.facts for b in one.blocks) for _, one in read):
        return None
    (layout,) = layouts.values()
    return layout, together(sheet, found, [one for _, one in read])


def _by_grades(sheet: Sheet) -> tuple[Layout, Extract] | None:
    """Return a report whose grades stand side by side as a layout reads each of them."""
    found = grade_columns(sheet)
    read = [_best(of_grade(sheet, found, title)) for title in found.groups] if found else []
    layouts = [layout[0] for layout, _ in read if layout is not None]
    if not layouts or not any(block.facts for _, one in read for block in one.blocks):
        return None
    return layouts[0], beside([one for _, one in read])


def _is_form_of_many(sheet: Sheet, layout: Layout) -> bool:
    """Return whether a form of one school has several beside each other, who look like shares."""
    return layout is social_passport_form.LAYOUT and turned(sheet) is not None


def _of_one_school(sheet: Sheet, above: tuple[str, ...]) -> LoadedSheet | None:
    """Return a table whose only school its titles, or the paragraphs above it, name."""
    for way in (replace(sheet, before=()), *titled_ways(sheet, above)):
        read = _titled(way, owned=True)
        if read is not None:
            return _understood(sheet, *read)
    return None


def _of_numbers(sheet: Sheet, task: BookTask, above: tuple[str, ...]) -> LoadedSheet | None:
    """Return a table that names its schools by numbers alone as one of names."""
    named = with_names(sheet)
    return None if named is None else _recognise(named, task, above)


def _titled(way: Sheet, *, owned: bool = False) -> tuple[Layout, Extract] | None:
    """Return what a table gives under the lines before it; None for nothing of a table.

    ``owned`` is for a table of the one school that these lines name.
    """
    whole = with_titles(way)
    read = _owned(whole) if owned else _best_of_table(whole)
    return read and (read[0], without_titles(marked(whole, read[1]), way))


def _best_of_table(whole: Sheet) -> tuple[Layout, Extract] | None:
    found, extract = _best(whole)
    read = _parted(whole) or (found and (found[0], extract))
    facts = [block.facts[0] for block in read[1].blocks if block.facts] if read else []
    return read if any(isinstance(fact, _OF_TABLES) for fact in facts) else None


def _owned(whole: Sheet) -> tuple[Layout, Extract] | None:
    """Return what a table gives as that of the one school that its titles name."""
    owner = with_owner(whole)
    read = _best_of_table(owner.sheet) if owner else None
    return None if read is None or owner is None else (read[0], without_owner(read[1], owner))


def _marked(sheet: Sheet, extract: Extract) -> Extract:
    """Return the extract marked by its titles; those of columns left out say nothing of it."""
    found = marked(sheet, extract)
    others = None if found is extract else beside_results(sheet)
    return found if others is None else marked(results_alone(sheet, others), extract)


def _understood(sheet: Sheet, layout: Layout, extract: Extract, mark: str = "") -> LoadedSheet:
    extract = without_partial(_marked(sheet, without_personal(sheet, extract)))
    extract, checked = without_wrong(extract, check(extract))
    problems = (*extract.problems, *checked, *check_records(extract))
    return LoadedSheet(
        sheet.name,
        layout.key,
        layout.title,
        extract,
        problems,
        mark,
        districts=districts_of(sheet, extract),
    )


_HEADED = (
    "Если это план, над его строками должны стоять заголовки столбцов: «Мероприятие», «Срок», "
    "«Ответственный»; у таблицы показателей – «Показатель» и годы. Для другой таблицы нажмите в "
    "окне «Разметить…» и укажите, что в каком столбце: программа запомнит."
)


def _nothing_understood(
    filled: Sequence[Sheet], unknown: Sequence[Sheet], *, document: bool = False
) -> tuple[FileStatus, Finding]:
    if not filled and document:
        message = "В документе Word нет ни одной таблицы, поэтому брать из него нечего."
        hint = (
            "Мероприятия и показатели программа читает из таблиц, меры – ещё из списков под "
            "заголовком «Комплекс мер…». Если план набран текстом, выделите его в Word и нажмите "
            "«Вставка → Таблица → Преобразовать в таблицу»."
        )
        return FileStatus.REFUSED, Finding(Severity.ERROR, message, hint)
    if not filled:
        message, hint = "Файл пуст: ни на одном листе нет данных.", "Проверьте, тот ли это файл."
        return FileStatus.REFUSED, Finding(Severity.ERROR, message, hint)
    if not any(_is_table(sheet) for sheet in filled):
        message, hint = "В файле нет таблицы.", "Проверьте, тот ли это файл."
        if document:
            message, hint = "В таблице документа нет строк под заголовками столбцов.", _HEADED
        return FileStatus.REFUSED, Finding(Severity.ERROR, message, hint, filled[0].name)
    names = ", ".join(f"«{sheet.name}»" for sheet in unknown[:_LISTED])
    if len(unknown) > _LISTED:
        names += f" и ещё {len(unknown) - _LISTED}"
    return FileStatus.NEEDS_DECISION, Finding(
        Severity.ERROR,
        f"Таблица прочитана, но её вид программе неизвестен (листы: {names}); "
        "из файла ничего не взято.",
        _HEADED
        if document
        else "Если это реестр школ, отчёт ФИС ОКО или протокол РЦОИ, проверьте, что строка с "
        "заголовками столбцов на месте. Иначе нажмите в окне «Разметить…» и укажите, что в каком "
        "столбце: программа запомнит.",
        unknown[0].name,
    )


def _about_sheets(
    sheets: Sequence[Sheet], known: Sequence[LoadedSheet], filled: Sequence[Sheet]
) -> list[Finding]:
    """Sheets beside the understood ones: each is named, none is passed over silently."""
    names = {sheet.name for sheet in filled}
    understood = {one.sheet for one in known}
    findings = []
    for sheet in sheets:
        hidden = "Скрытый лист" if sheet.hidden else "Лист"
        if sheet.name in understood:
            if sheet.hidden:
                message = f"Лист «{sheet.name}» скрыт в Excel, но прочитан наравне с другими."
                hint = "Если это черновик, удалите лист и загрузите файл снова."
                findings.append(Finding(Severity.WARNING, message, hint, sheet.name))
        elif sheet.name in names and INSIDE in sheet.name:
            message = f"{sheet.name}: отдельно не разобрана, её строки стоят в той же ячейке."
            findings.append(Finding(Severity.WARNING, message, "", sheet.name))
        elif sheet.name in names:
            findings.append(unread(sheet, sheets, known))
        else:
            message = f"{hidden} «{sheet.name}» пуст."
            findings.append(Finding(Severity.WARNING, message, "", sheet.name))
    return findings


def _is_table(sheet: Sheet) -> bool:
    wide = 0
    for row in sheet.filled_rows():
        wide += sum(bool(text) for text in sheet.texts(row)) >= _TABLE_SIDE
        if wide >= _TABLE_SIDE:
            return True
    return False


def _copy_to_keep(
    copy: Path,
    workbook: Workbook,
    sheets: Sequence[LoadedSheet],
    unknown: Sequence[Sheet],
    *,
    bare: bool,
) -> Path:
    """Return the staged copy, or one without columns about pupils and without unknown sheets.

    ``bare`` asks for the tables alone: the text around them names pupils.
    """
    personal: list[PersonalColumn] = [
        column for sheet in sheets for column in sheet.extract.personal
    ]
    if not personal and not unknown and not bare:
        return copy
    target = copy.with_name(f"{copy.stem}.kept.xlsx")
    write_without(workbook, personal, {sheet.name for sheet in unknown}, target, NoProgress())
    return target
