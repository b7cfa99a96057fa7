"""OpenDocument spreadsheets written by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def cell(kind: str, attributes: str = "", text: str = "") -> str:
    """Return a cell of an office:value-type."""
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="{kind}" {attributes}>{shown}</table:table-cell>'


def row(*cells: str, repeated: int = 1) -> str:
    """Return a row."""
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}'
        "</table:table-row>"
    )


def gap(count: int) -> str:
    """Return so many empty cells."""
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def sheet(name: str, *rows: str, hidden: bool = False) -> str:
    """Return a table."""
    style = ' table:style-name="hidden"' if hidden else ""
    return f'<table:table table:name="{name}"{style}>{"".join(rows)}</table:table>'


def write_ods(path: Path, *sheets: str, encrypted: bool = False, doctype: str = "") -> Path:
    """Write a book and return its path."""
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
    lock = "<manifest:encryption-data/>" if encrypted else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {spaces}>'
        '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="content.xml" manifest:media-type="text/xml">{lock}'
        "</manifest:file-entry></manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path
