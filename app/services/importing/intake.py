"""From a staged file to facts: read in the child process, recognised, extracted, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from app.models.enums import FileStatus, Severity
from app.services.importing.archive import write_without
from app.services.importing.checking import check
from app.services.importing.corrections import Cells, correct
from app.services.importing.facts import AppealFact, Extract, PersonalColumn, ResultFact
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.layouts import ALL, Layout, best_layout, mapped
from app.services.importing.layouts.mapped import KnownMapping
from app.services.importing.loaded import KnownFile, LoadedFile, LoadedSheet
from app.services.importing.partial import only_rows
from app.services.importing.personal import without_personal
from app.services.importing.plan import Finding
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.record_checks import check_records
from app.services.importing.sniff import NOT_A_TABLE
from app.services.importing.stage import Staged, StagedFile
from app.services.progress import Progress

_LISTED = 5
"""So many sheets are called by name in one sentence."""
_PROTOCOLS = frozenset({"oge_protocol", "ege_protocol"})
_TABLE_SIDE = 2
"""A table has at least so many rows with so many filled cells."""


def read_all(
    staged: Staged,
    known: Mapping[str, KnownFile],
    reader: Reader,
    progress: Progress,
    mappings: Mapping[str, KnownMapping],
    corrections: Mapping[str, Cells] = MappingProxyType({}),
) -> tuple[LoadedFile, ...]:
    """Return every staged file with its facts; files of ``known`` content are not read.

    ``mappings`` are what a person said about unknown tables, by fingerprint; ``corrections`` what
    a person put in the place of cells, by path.
    """
    loaded: list[LoadedFile] = []
    reader.expect(
        (file.copy, file.name)
        for file in staged.files
        if file.copy is not None and file.sha256 not in known
    )
    for index, file in enumerate(staged.files):
        progress.check()
        progress.report(index, len(staged.files), f"Читаю: {file.path}")
        cells = corrections.get(file.path, {})
        loaded.append(load_one(file, known.get(file.sha256), reader, progress, mappings, cells))
    for index in _wanted_after_all(loaded):
        progress.check()
        file = staged.files[index]
        cells = corrections.get(file.path, {})
        loaded[index] = load_one(file, None, reader, progress, mappings, cells)
    progress.report(len(staged.files), len(staged.files), "Файлы прочитаны")
    return tuple(loaded)


def _wanted_after_all(loaded: Sequence[LoadedFile]) -> list[int]:
    """Return the known protocols that must be read: new protocols or appeals come beside them.

    Who sat an exam twice, and whose mark an appeal changes, only the rows of pupils tell.
    """
    if not any(one.known is None and _is_of_exam_day(one) for one in loaded):
        return []
    return [i for i, one in enumerate(loaded) if one.known and one.known.layout in _PROTOCOLS]


def _is_of_exam_day(file: LoadedFile) -> bool:
    return any(
        isinstance(fact, AppealFact) or (isinstance(fact, ResultFact) and fact.day is not None)
        for sheet in file.sheets
        for block in sheet.extract.blocks
        for fact in block.facts[:1]
    )


def load_one(
    file: StagedFile,
    known: KnownFile | None,
    reader: Reader,
    progress: Progress,
    mappings: Mapping[str, KnownMapping],
    cells: Cells = MappingProxyType({}),
) -> LoadedFile:
    """Return one staged file with its facts, or with the reason why there are none."""
    if file.copy is None:
        return _without_copy(file)
    sniffed = reader.sniff(file.copy, file.name)
    if known is not None:
        return LoadedFile(file.path, file.size, file.sha256, sniffed.format, known=known)
    try:
        workbook = reader.read(file.copy, sniffed)
    except ReadFailure as failure:
        return _refused(file, sniffed.format, failure.finding)
    loaded = load_workbook(file, file.copy, workbook, progress, mappings, cells)
    return loaded if file.only is None else only_rows(loaded, file.only)


def load_workbook(
    file: StagedFile,
    copy: Path,
    workbook: Workbook,
    progress: Progress,
    mappings: Mapping[str, KnownMapping] = MappingProxyType({}),
    cells: Cells = MappingProxyType({}),
) -> LoadedFile:
    """Return the facts of a workbook that was read, and why parts of it give none."""
    corrected = correct(workbook, cells)
    original, workbook = workbook, corrected.workbook
    filled = [sheet for sheet in workbook.sheets if any(True for _ in sheet.filled_rows())]
    sheets = [known for sheet in filled if (known := _recognise(sheet, mappings)) is not None]
    understood = {one.sheet for one in sheets}
    unknown = [sheet for sheet in filled if sheet.name not in understood]
    findings = [Finding(Severity.WARNING, note) for note in workbook.notes]
    findings.extend(corrected.lost)
    failure = None
    if not sheets:
        failure, reason = _nothing_understood(filled, unknown, document=workbook.format == "docx")
        findings.append(reason)
    else:
        findings.extend(_about_sheets(workbook.sheets, understood, filled))
    return LoadedFile(
        path=file.path,
        size=file.size,
        sha256=file.sha256,
        format=workbook.format,
        sheets=tuple(sheets),
        findings=tuple(findings),
        failure=failure,
        keep=_copy_to_keep(copy, original, sheets, unknown, progress) if sheets else None,
        corrections=corrected.cells,
    )


def _recognise(sheet: Sheet, mappings: Mapping[str, KnownMapping]) -> LoadedSheet | None:
    """Return the sheet as the best layout reads it; one that none can use, as it was mapped."""
    found = best_layout(sheet)
    extract = found[0].extract(sheet) if found else Extract(())
    if found and any(block.facts for block in extract.blocks):
        return _understood(sheet, found[0], extract)
    as_mapped = mapped.find_mapping(sheet, mappings)
    if as_mapped is not None:
        mark, layout, extract = as_mapped
        return _understood(sheet, layout, extract, mark)
    return _understood(sheet, found[0], extract) if found else None


def _understood(sheet: Sheet, layout: Layout, extract: Extract, mark: str = "") -> LoadedSheet:
    extract = without_personal(sheet, extract)
    problems = (*extract.problems, *check(extract), *check_records(extract))
    return LoadedSheet(sheet.name, layout.key, layout.title, extract, problems, mark)


def _without_copy(file: StagedFile) -> LoadedFile:
    """Return a file that staging did not copy; rubbish of the system asks nobody to act."""
    findings = () if file.problem is None else (file.problem,)
    status = FileStatus.UNCHANGED if file.service else FileStatus.REFUSED
    return LoadedFile(
        file.path, file.size, file.sha256, NOT_A_TABLE, findings=findings, failure=status
    )


def _refused(file: StagedFile, kind: str, reason: Finding) -> LoadedFile:
    return LoadedFile(
        file.path, file.size, file.sha256, kind, findings=(reason,), failure=FileStatus.REFUSED
    )


def layout_title(key: str | None) -> str:
    """Return the Russian title of a layout by its key; empty when it is known no more."""
    if key == mapped.KEY:
        return mapped.TITLE
    return next((layout.title for layout in ALL if layout.key == key), "")


def _nothing_understood(
    filled: Sequence[Sheet], unknown: Sequence[Sheet], *, document: bool = False
) -> tuple[FileStatus, Finding]:
    if not filled and document:
        message = "В документе Word нет ни одной таблицы, поэтому брать из него нечего."
        hint = (
            "Мероприятия и показатели программа читает из таблиц. Если план набран текстом, "
            "выделите его в Word и нажмите «Вставка → Таблица → Преобразовать в таблицу»."
        )
        return FileStatus.REFUSED, Finding(Severity.ERROR, message, hint)
    if not filled:
        message, hint = "Файл пуст: ни на одном листе нет данных.", "Проверьте, тот ли это файл."
        return FileStatus.REFUSED, Finding(Severity.ERROR, message, hint)
    if not any(_is_table(sheet) for sheet in filled):
        message, hint = "В файле нет таблицы.", "Проверьте, тот ли это файл."
        return FileStatus.REFUSED, Finding(Severity.ERROR, message, hint, filled[0].name)
    names = ", ".join(f"«{sheet.name}»" for sheet in unknown[:_LISTED])
    if len(unknown) > _LISTED:
        names += f" и ещё {len(unknown) - _LISTED}"
    return FileStatus.NEEDS_DECISION, Finding(
        Severity.ERROR,
        f"Таблица прочитана, но её вид программе неизвестен (листы: {names}); "
        "из файла ничего не взято.",
        "Если это реестр школ, отчёт ФИС ОКО или протокол РЦОИ, проверьте, что строка с "
        "заголовками столбцов на месте. Иначе нажмите в окне «Разметить…» и укажите, что в каком "
        "столбце: программа запомнит.",
        unknown[0].name,
    )


def _about_sheets(
    sheets: Sequence[Sheet], understood: set[str], filled: Sequence[Sheet]
) -> list[Finding]:
    """Sheets beside the understood ones: each is named, none is passed over silently."""
    names = {sheet.name for sheet in filled}
    findings = []
    for sheet in sheets:
        hidden = "Скрытый лист" if sheet.hidden else "Лист"
        if sheet.name in understood:
            if sheet.hidden:
                message = f"Лист «{sheet.name}» скрыт в Excel, но прочитан наравне с другими."
                hint = "Если это черновик, удалите лист и загрузите файл снова."
                findings.append(Finding(Severity.WARNING, message, hint, sheet.name))
        elif sheet.name in names:
            message = f"{hidden} «{sheet.name}» не распознан: из него ничего не взято."
            findings.append(Finding(Severity.WARNING, message, "", sheet.name))
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
    progress: Progress,
) -> Path:
    """Return the staged copy, or one without columns about pupils and without unknown sheets."""
    personal: list[PersonalColumn] = [
        column for sheet in sheets for column in sheet.extract.personal
    ]
    if not personal and not unknown:
        return copy
    target = copy.with_name(f"{copy.stem}.kept.xlsx")
    write_without(workbook, personal, {sheet.name for sheet in unknown}, target, progress)
    return target
