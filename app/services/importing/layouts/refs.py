"""Reads how a row names its school from its columns of codes and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from app.models.enums import CodeSystem
from app.services.importing.cells import (
    code_width,
    fold_login,
    is_empty,
    school_code,
    shorten,
    value_fault,
    was_number,
    with_zeros,
)
from app.services.importing.facts import SchoolRef
from app.services.importing.grid import Sheet, clean
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.labels import is_part, split_code
from app.services.importing.names import russian
from app.services.importing.tables import Header
from app.services.importing.thresholds import rcoi_digits

_SYSTEMS = {"fisoko": CodeSystem.FISOKO, "rcoi": CodeSystem.RCOI}
_FIELDS = {system: name for name, system in _SYSTEMS.items()}


@dataclass(frozen=True)
class RefReader:
    """The columns that name the school, and the common length of digit codes in each."""

    sheet: Sheet
    codes: tuple[tuple[int, CodeSystem | None], ...]
    """Column and its system; None where the form of the code decides («Код ОО»)."""
    names: tuple[int, ...]
    widths: dict[int, int]
    spelt: dict[int, dict[str, str]] = field(default_factory=dict)
    """Codes of a column that stand there with zeros in front too: short -> long."""

    @classmethod
    def of(cls, sheet: Sheet, header: Header, rows: Iterable[int], *names: str) -> RefReader:
        """Return a reader for the code columns of a header and the given name fields."""
        codes: list[tuple[int, CodeSystem | None]] = [
            (header.columns[n], s) for n, s in _SYSTEMS.items() if n in header.columns
        ]
        if "code" in header.columns:
            codes.append((header.columns["code"], None))
        rows = list(rows)
        digits = {column: _digits(sheet, rows, column) for column, _ in codes}
        widths = {column: code_width(found) for column, found in digits.items()}
        spelt = {column: _two_spellings(found) for column, found in digits.items()}
        titled = tuple(header.columns[name] for name in names if name in header.columns)
        return cls(sheet, tuple(codes), titled, widths, spelt)

    def read(self, row: int, findings: Findings) -> SchoolRef:
        """Return how the row names its school; faulty code cells are noted."""
        codes: dict[CodeSystem, str] = {}
        for column, system in self.codes:
            found = self._code(row, column, system, findings)
            if found:
                codes.setdefault(*found)
        name = self._name(row)
        if name and is_part(name):
            self._tell_part(row, name, findings)
        return _ref(tuple(codes.items()), name)

    def _tell_part(self, row: int, name: str, findings: Findings) -> None:
        findings.cell_warning(
            row,
            self.names[0],
            f"«{shorten(name)}»: строка – часть строки выше, её числа уже стоят там; в суммах по "
            "району они посчитаются дважды.",
            "Если филиал нужен отдельно, вычтите его из строки школы; если нет, удалите строку.",
        )

    def _name(self, row: int) -> str:
        for column in self.names:
            text = self.sheet.text(row, column)
            if text:
                return text
        return ""

    def fields(self, letters: dict[str, str], refs: Iterable[SchoolRef]) -> dict[str, str]:
        """Return the source columns ``fisoko``, ``rcoi`` and ``name`` for a block."""
        used = {system for ref in refs for system, _ in ref.codes}
        columns = {_FIELDS[s]: letters["code"] for s in used if "code" in letters}
        columns |= {name: letters[name] for name in _SYSTEMS if name in letters}
        title = letters.get("name") or letters.get("group")
        if title:
            columns["name"] = title
            columns |= {_FIELDS[s]: title for s in used if _FIELDS[s] not in columns}
        return columns

    def _code(
        self, row: int, column: int, system: CodeSystem | None, findings: Findings
    ) -> tuple[CodeSystem, str] | None:
        value = self.sheet.at(row, column)
        fault = value_fault(value)
        if fault:
            findings.cell_error(
                row, column, f"В коде школы {fault}.", "Впишите код и загрузите файл снова."
            )
            return None
        if is_empty(value):
            return None
        found = school_code(value) or split_code(clean(value))[0]
        code = (
            self._whole_code(row, column, found[1], findings) if found else fold_login(clean(value))
        )
        if system is None and found is None:
            findings.cell_error(
                row,
                column,
                f"«{clean(value)}» не похоже на код школы.",
                "Код РЦОИ – цифры, логин ФИС ОКО – латинские буквы и цифры (edu123456).",
            )
            return None
        return (system or (found[0] if found else CodeSystem.RCOI)), code

    def _whole_code(self, row: int, column: int, code: str, findings: Findings) -> str:
        """Return a code with the zeros that Excel took away; those of numbers are told."""
        code = with_zeros(code, self.widths[column])
        longer = self.spelt[column].get(code) if column in self.spelt else None
        if longer is not None:
            findings.column_warning(
                row,
                column,
                f"Код «{code}» стоит в этом столбце и как «{longer}»: строки отнесены к одной "
                "школе.",
                "Если это разные школы, исправьте код и загрузите файл снова.",
            )
            code = longer
        digits = rcoi_digits()
        if not was_number(self.sheet.at(row, column)) or len(code) >= digits:
            return code
        findings.column_warning(
            row,
            column,
            f"Код школы записан числом короче {digits} цифр: нули, которые Excel убрал впереди, "
            "возвращены.",
            f"Если коды у вас и правда короче {digits} цифр, запишите их в файле текстом.",
        )
        return with_zeros(code, digits)


@lru_cache(maxsize=16384)
def _ref(codes: tuple[tuple[CodeSystem, str], ...], name: str) -> SchoolRef:
    """Return codes and name as one; a code inside the name counts where no column gave one.

    Kept, for the files of a stick speak of the same schools.
    """
    inner, bare = split_code(name) if name else (None, "")
    if inner:
        known = dict(codes)
        known.setdefault(*inner)
        codes = tuple(known.items())
    return SchoolRef(codes, russian(bare) if bare else None)


def ref_of(text: str) -> SchoolRef:
    """Return how a text alone names a school, with the code that may stand inside."""
    return _ref((), text)


def _two_spellings(codes: Iterable[str]) -> dict[str, str]:
    """Return the codes that stand in a column with zeros in front too, and how.

    Rows of pupils of one school must not fall into two because Excel took the zeros of some.
    """
    known = set(codes)
    if len({len(code) for code in known}) <= 1:
        return {}
    longest: dict[str, str] = {}
    for code in sorted(known, key=len):
        longest[code.lstrip("0")] = code
    return {code: whole for code in known if (whole := longest[code.lstrip("0")]) != code}


def _digits(sheet: Sheet, rows: Iterable[int], column: int) -> list[str]:
    found = (school_code(sheet.at(row, column)) for row in rows)
    return [code for system, code in filter(None, found) if system is CodeSystem.RCOI]
