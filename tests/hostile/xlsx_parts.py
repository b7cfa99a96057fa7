"""Excel books written part by part, so that any part can be made wrong on purpose."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

STYLES = (
    f'{_HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="10" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
"""Cell style 0 is general, 1 a date, 2 per cent."""


def number(address: str, value: object, style: int = 0) -> str:
    """Return a cell with a number."""
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def text(address: str, value: str) -> str:
    """Return a cell with its text inside."""
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def row(index: int, *cells: str) -> str:
    """Return a row, numbered from 1."""
    return f'<row r="{index}">{"".join(cells)}</row>'


def sheet(*rows: str, after: str = "") -> str:
    """Return a whole sheet part; ``after`` follows the data (merges, links…)."""
    data = "".join(rows)
    return f'{_HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'


def table(rows: int = 6) -> str:
    """Return a sheet with an honest little table from A1 on."""
    header = row(1, text("A1", "Школа"), text("B1", "Код"), text("C1", "Доля"))
    body = [
        row(n, text(f"A{n}", f"Школа № {n}"), number(f"B{n}", 13000 + n), number(f"C{n}", n / 8))
        for n in range(2, rows + 1)
    ]
    return sheet(header, *body)


def write_xlsx(
    path: Path,
    sheets: Mapping[str, str | bytes],
    *,
    properties: str = "",
    states: Mapping[str, str] | None = None,
    after_sheets: str = "",
    strings: str | bytes | None = None,
    extra: Mapping[str, str | bytes] | None = None,
    omit: Sequence[str] = (),
) -> Path:
    """Write a book of the given sheet parts by name, and return its path.

    ``states`` are the visibilities of sheets, ``properties`` and ``after_sheets`` go into
    workbook.xml, ``strings`` is the shared strings part, ``extra`` adds or replaces parts and
    ``omit`` leaves them out.
    """
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": _workbook(sheets, properties, states or {}, after_sheets),
        "xl/_rels/workbook.xml.rels": _relations(len(sheets)),
        "xl/styles.xml": STYLES,
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    for index, part in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{index}.xml"] = part
    parts.update(extra or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            if name not in omit:
                archive.writestr(name, part)
    return path


def _content_types(count: int) -> str:
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{_SHEET_ML}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_SHEET_ML}.sheet.main+xml"/>{overrides}</Types>'
    )


def _workbook(
    sheets: Mapping[str, str | bytes], properties: str, states: Mapping[str, str], after: str
) -> str:
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" '
        + (f'state="{states[name]}" ' if name in states else "")
        + f'r:id="rId{n}"/>'
        for n, name in enumerate(sheets, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_DOC}">{properties}'
        f"<sheets>{listed}</sheets>{after}</workbook>"
    )


def _relations(count: int) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_DOC}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}'
        f'<Relationship Id="rId9001" Type="{_DOC}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId9002" Type="{_DOC}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    )
