"""School register (L16): names, codes, kind, place, pupils and director of each school."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import SchoolStatus
from app.services.importing.cells import is_empty, shorten
from app.services.importing.facts import Block, Extract, RegisterFact, SchoolRef
from app.services.importing.grid import Sheet, address, clean
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import marks as numbers_of
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.register_extras import extra_blocks, extra_columns
from app.services.importing.names import russian
from app.services.importing.places import place_in
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Required,
    Vocabulary,
    find_header,
    is_total,
    key,
    require,
    row_text,
)
from app.services.table_words import pattern, words

_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    full_name=r"полное(?:наименование|название|имя)\w*|(?:наименование|название)\w*полное"
    r"|(?:наименование|название)\w*поуставу",
    short_name=r"(?:краткое|сокращенное)(?:наименование|название|имя)\w*"
    r"|(?:наименование|название)\w*(?:краткое|сокращенное)",
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    kind=r"(?:вид|тип)(?!местности|населенного)\w*|уровеньпрограмм\w*",
    settlement=r"населенныйпункт\w*|нп|насел\w*пункт|местонахождение|село|пункт",
    rural=r"(?:тип|вид)?местност[ьи]\w*|типнаселенногопункта|городсело|селогород"
    r"|(?:городская|сельская)(?:сельская|городская)?(?:школа|местность)?"
    r"|территориальнаяпринадлежность",
    pupils=r"(?:общее|всего)?(?:колво|количество|число|численность|контингент)(?:всего)?"
    r"(?:обучающихся|учащихся|учеников|учся|обся|детей|школьников)\w*"
    rf"|(?:всего)?(?:обучающихся|учащихся|учеников)(?:всего)?|{words('register')['pupils']}",
    director=r"(?:фио)?(?:директор|руководител)[ья]?(?:оо|оу|школы|организации)?(?:фио)?"
    r"|фио(?:директора|руководителя)\w*",
    status=r"статус(?:оо|оу|школы|организации)?|состояние",
    district=titles_of.DISTRICT,
    shifts=r"сменность|колвосмен|числосмен",
    capacity=r"(?:проектная)?мощность|вместимость",
    staff=r"(?:колво|количество|число|численность)(?:работников|учителей|педагогов|педработников"
    r"|педагогическихработников|сотрудников)\w*",
    address=r"(?:юридический|фактический|почтовый)?адрес\w*",
    contacts=r"телефон\w*|email|електроннаяпочта|почта|сайт|электроннаяпочта\w*|адресэлектронной\w*",
    bias=r"школаснеобъективностью|необъективность\w*|признакинеобъективности",
    shnor=r"шнор|шнро|шнсу|шфнсу",
    name=titles_of.NAME,
    assessment=r"отметка|оценка|первичныйбалл|тестовыйбалл|2|3|4|5|чел|%|маркер\w*"
    rf"|колвоучастников|количествомаркеров|фамилия|{titles_of.SUBJECT}|{titles_of.GRADE}",
)
_REQUIRED = require("name|short_name|full_name", "fisoko|rcoi|code|pupils|kind|director|capacity")
_NAMES = require("name|short_name|full_name")
_TITLE = re.compile(
    r"реестр|(?:список|перечень)(?:школ|оо|оу|(?:обще)?образовательных(?:организаций|учреждений))"
)
_ANOTHER_LIST = re.compile(r"шнор|шнро|шнсу|низк|необъективн|риск|куратор|участник|впр|огэ|егэ")
"""Lists of some schools for a purpose: they are no registers."""
_SIGNS = (
    "fisoko", "rcoi", "code", "kind", "settlement", "rural", "pupils", "director", "shifts",
    "capacity", "staff", "address", "status", "district",
)  # fmt: skip
_ENOUGH_SIGNS = 2
_AS_REGISTER = 0.85
"""Under «Реестр школ» a column «ШНОР» is one of the register, which says more of the schools."""
_TEXT_FIELDS = ("short_name", "full_name", "kind", "settlement", "director")
_URBAN = re.compile(r"гор|пгт|рп\b|рабоч|посел\w* городск|нет$|0$")
"""An urban-type settlement begins with «посёлок» and is still urban, so this is asked first."""
_RURAL = re.compile(r"сел|дер|пос|хутор|станиц|да$|1$|\+$")
_STATUSES = {
    "действ": SchoolStatus.ACTIVE,
    "функцион": SchoolStatus.ACTIVE,
    "работает": SchoolStatus.ACTIVE,
    "присоед": SchoolStatus.MERGED,
    "реорган": SchoolStatus.MERGED,
    "закры": SchoolStatus.CLOSED,
    "ликвид": SchoolStatus.CLOSED,
}
_ENDED = frozenset({SchoolStatus.MERGED, SchoolStatus.CLOSED})
_NOTE = 120
"""Characters of a note that are quoted."""


def field_of(title: str) -> str | None:
    """Return the field of a register that a title of a column names, or None."""
    return _WORDS.field(title)


def recognise(sheet: Sheet) -> float:
    """Return the confidence: names of schools and two or more of what only a register tells.

    A bare list of names is a register only when its title says so.
    """
    header = find_header(sheet, _WORDS, _required(sheet))
    if header is None or "assessment" in header.columns:
        return 0.0
    signs = sum(name in header.columns for name in _SIGNS)
    titled = _is_titled(sheet, header)
    if signs < _ENOUGH_SIGNS and not titled:
        return 0.0
    surely = _AS_REGISTER if titled and _is_called_register(sheet, header) else 0.0
    return max(surely, min(0.5 + 0.07 * signs + 0.15 * titled, 0.98))


def _required(sheet: Sheet) -> Required:
    """Return the fields that the header needs: names alone where the title says «Реестр школ»."""
    if find_header(sheet, _WORDS, _REQUIRED):
        return _REQUIRED
    header = find_header(sheet, _WORDS, _NAMES)
    return _NAMES if header and _is_titled(sheet, header) else _REQUIRED


def _is_titled(sheet: Sheet, header: Header) -> bool:
    titles = [key(row_text(sheet, row)) for row in range(header.first)]
    return any(_TITLE.search(title) for title in titles) and not any(
        _ANOTHER_LIST.search(title) for title in titles
    )


def _is_called_register(sheet: Sheet, header: Header) -> bool:
    """Return whether the titles say «Реестр», which is no list for some purpose."""
    return any(key(row_text(sheet, row)).startswith("реестр") for row in range(header.first))


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    header: Header
    refs: RefReader
    findings: Findings
    remarks: Remarks


def extract(sheet: Sheet) -> Extract:
    """Return the schools of the register; a column that the file lacks says nothing."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    rows_read = 0
    for region in find_regions(sheet, _WORDS, _required(sheet), _never):
        block, count = read_schools(sheet, region, findings, remarks)
        blocks.append(block)
        rows_read += count
        blocks.extend(extra_blocks(sheet, region, findings))
        _tell_unknown(sheet, region, findings)
        _tell_second(region, findings)
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _tell_unknown(sheet: Sheet, region: Region, findings: Findings) -> None:
    """Tell of titled columns with something in them that no field and no record takes."""
    taken = {*region.header.columns.values(), *extra_columns(region.header)}
    titles = {c: title for c, title in region.header.titles.items() if c not in taken}
    personal = {p.column for p in titles_of.personal_columns(sheet, (region.header,))}
    unknown = [
        column
        for column, title in titles.items()
        if field_of(title) is None and column not in personal
        if any(not is_empty(sheet.at(row, column)) for row in region.data)
    ]
    if unknown:
        listed = ", ".join(f"«{titles[column]}»" for column in unknown)
        findings.sheet_warning(
            f"Из столбцов {listed} ничего не взято: в реестре школ программы таких сведений нет.",
            "Если они нужны, впишите их в карточки школ.",
            address(region.header.last, unknown[0]),
        )


def _tell_second(region: Region, findings: Findings) -> None:
    """Tell of more columns of pupils than the one that is taken: of another date, of a part."""
    taken = region.header.columns.get("pupils")
    for column, title in region.header.titles.items():
        if column != taken and field_of(title) == "pupils" and taken is not None:
            findings.sheet_warning(
                f"Столбец «{title}» не загружен: число обучающихся взято из столбца "
                f"«{region.header.titles[taken]}».",
                "Если нужен другой столбец, оставьте в файле только его.",
                address(region.header.last, column),
            )


def _never(_sheet: Sheet, _row: int) -> bool:
    return False


def read_schools(
    sheet: Sheet, region: Region, findings: Findings, remarks: Remarks
) -> tuple[Block, int]:
    """Return the schools of one table, and how many of its rows are about a school."""
    header = region.header
    refs = RefReader.of(sheet, header, region.data, "short_name", "name", "full_name")
    table = _Table(sheet, header, refs, findings, remarks)
    rows = [row for row in region.data if _is_school(table, row)]
    facts = tuple(fact for row in rows if (fact := _fact(table, row)))
    letters = {name: header.letters(name) for name in header.columns}
    return Block(sheet.name, _sources(table, letters, facts), facts), len(rows)


def _sources(
    table: _Table, letters: Mapping[str, str], facts: tuple[RegisterFact, ...]
) -> dict[str, str]:
    columns = {n: letters[n] for n in (*_TEXT_FIELDS, "rural", "pupils", "status") if n in letters}
    if "address" in letters:
        columns["place"] = letters["address"]
        columns.setdefault("settlement", letters["address"])
    title = next((letters[n] for n in ("short_name", "name", "full_name") if n in letters), None)
    if title:
        columns.setdefault("short_name", title)
        columns["name"] = title
    if "name" in letters and "full_name" not in letters:
        columns["full_name"] = letters["name"]
    return table.refs.fields(dict(letters), [fact.ref for fact in facts]) | columns


def _is_school(table: _Table, row: int) -> bool:
    """Return whether a row is a school; totals and headings of groups are not."""
    if is_total(table.sheet, row):
        return False
    if sum(not is_empty(value) for value in table.sheet.rows[row]) > 1:
        return True
    table.remarks.add(row)
    return False


def _fact(table: _Table, row: int) -> RegisterFact | None:
    ref = table.refs.read(row, table.findings)
    fields: dict[str, str | int | bool | None] = {}
    fields.update(_names(table, row, ref))
    for name in ("kind", "settlement", "director"):
        if name in table.header.columns:
            fields[name] = _text(table, row, name)
    place = place_in(_text(table, row, "address") or "")
    if place and not fields.get("settlement"):
        fields["place"] = place
    if not _add_numbers(table, row, fields, ref):
        return None
    if ref.name is None and not ref.codes:
        column = table.header.columns.get("name", table.header.columns.get("short_name", 0))
        table.findings.cell_error(
            row, column, "Нет ни названия школы, ни кода.", "Впишите название школы."
        )
        return None
    return RegisterFact(ref, fields, str(row + 1))


def _names(table: _Table, row: int, ref: SchoolRef) -> dict[str, str | None]:
    """Return short and full names; a single column of names gives the short one."""
    columns = table.header.columns
    names = {n: _text(table, row, n) for n in ("short_name", "full_name") if n in columns}
    if not names.get("short_name"):
        names["short_name"] = _text(table, row, "name") or ref.name
    single = _text(table, row, "name")
    if "full_name" not in columns and single and "учреждени" in single.casefold():
        names["full_name"] = single
    return names


def _text(table: _Table, row: int, name: str) -> str | None:
    column = table.header.columns.get(name)
    value = None if column is None else table.sheet.at(row, column)
    return None if is_empty(value) else russian(clean(value)) or None


def _add_numbers(
    table: _Table, row: int, fields: dict[str, str | int | bool | None], ref: SchoolRef
) -> bool:
    """Add pupils, rural and status; return False when the number of pupils cannot be read."""
    columns = table.header.columns
    item = f"«{ref.name or (ref.codes[0][1] if ref.codes else 'без названия')}»"
    if "pupils" in columns:
        readable, pupils = numbers_of.whole(
            table.sheet, row, columns["pupils"], table.findings, f"{item}, численность"
        )
        if not readable:
            return False
        fields["pupils"] = pupils
    if "rural" in columns:
        fields["rural"] = _rural(table, row, columns["rural"], item)
    if "status" in columns:
        fields["status"] = _status(table, row, columns["status"], item)
    return True


def _rural(table: _Table, row: int, column: int, item: str) -> bool | None:
    text = _word(table, row, column).replace("ё", "е")
    if _URBAN.match(text):
        return False
    if _RURAL.match(text):
        return True
    if not is_empty(table.sheet.at(row, column)):
        _odd(table, row, column, f"{item}: местность «{text}» непонятна, оставлена пустой.")
    return None


def _word(table: _Table, row: int, column: int) -> str:
    return russian(table.sheet.text(row, column)).casefold()


def _status(table: _Table, row: int, column: int, item: str) -> str | None:
    text = _word(table, row, column)
    found = next((s for start, s in _STATUSES.items() if text.startswith(start)), None)
    if found is None and text:
        _odd(table, row, column, f"{item}: статус «{text}» непонятен, оставлен прежним.")
    if found in _ENDED:
        _tell_ending(table, row, column, item)
    return found.value if found else None


def _tell_ending(table: _Table, row: int, column: int, item: str) -> None:
    """Tell that of a school that works no more the card has to say when, and where it went."""
    said = pattern("register", "ending")
    texts = (text for _, text in table.sheet.line(row) if said.search(text.casefold()))
    note = next((f" В строке сказано: «{shorten(text, _NOTE)}»." for text in texts), "")
    table.findings.cell_warning(
        row,
        column,
        f"{item}: в базу идёт только состояние; с какого дня и к какой школе присоединена, из "
        f"реестра не берётся.{note}",
        "Укажите это в карточке школы кнопкой «Закрыта, присоединена…».",
    )


def _odd(table: _Table, row: int, column: int, message: str) -> None:
    table.findings.cell_warning(row, column, message, "Исправьте слово в файле, если оно важно.")


LAYOUT = Layout("register", "Реестр школ", recognise, extract, up_to(0.98))
