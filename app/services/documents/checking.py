"""Looks a finished document over before it is printed: each finding names its place."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from app.errors import ResourceError
from app.paths import resource
from app.services import decimals
from app.services.acts import dated_acts
from app.services.documents.blocks import Annex, Content, Heading, Piece, Table, placed_texts
from app.services.documents.tables import Cell
from app.services.documents.wording import in_force, terms

_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-–—]\s?((?:19|20)\d\d)(?!\d)")
_ABBREVIATION = re.compile(r"(?<![А-ЯЁA-Zа-яё\d-])[А-ЯЁ]{2,6}(?![А-ЯЁа-яёA-Z])")
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+\S")
_ROMAN = re.compile(r"^([IVX]+)\.\s+\S")
_BLANK = re.compile(r"_{4,}")
_WHOLE = Fraction(100)
_NUMBER = re.compile(r"-?\d+(?:,\d+)?")
_DOUBLE_NUMBER = re.compile(r"^(?:(?:\d+\.)+|[IVX]+\.)\s+(?:(?:\d+\.)+|[IVX]+\.)\s*\S")


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """Figures that the check rests on; see ``resources/documents/checking.json`` for sources."""

    shares_tolerance: float
    """A row of shares must total a hundred per cent, give or take so much."""
    least_shares: int
    """Fewer columns of per cent side by side need not make a whole."""
    near_whole: tuple[float, float]
    """Sums beyond these are not parts of one whole, but different indicators."""
    least_numbered: int
    """From so many numbered sections side by side one without a number is told."""


class FindingKind(Enum):
    """What is doubtful; the value completes the title of a group of findings."""

    PERIOD = "сроки программы"
    PERCENT = "проценты"
    NUMBERING = "нумерация разделов"
    ABBREVIATION = "сокращения"
    BLANK = "пропуски"
    NAME = "названия школ"
    FIGURE = "числа в тексте"
    ACT = "акты"
    PART = "содержание программы"
    INDICATOR = "показатели"


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """One doubtful place: the block of the document it stands in (None for the data behind it)."""

    kind: FindingKind
    message: str
    hint: str
    place: str
    block: int | None


def check_content(
    content: Content,
    period: tuple[int, int] | None = None,
    names: Mapping[str, frozenset[str]] | None = None,
    approved: date | None = None,
) -> tuple[DocumentFinding, ...]:
    """Return what a careful reader would stumble over, in reading order.

    ``period`` is that of the programme, ``approved`` the day of its approval; ``names`` are the
    other spellings of a school by its name.
    """
    placed = placed_texts(content)
    found = [
        *_periods(placed, period),
        *_shares(content),
        *_numbers_of_sections(content),
        *_abbreviations(placed),
        *_foreign_terms(placed),
        *_blanks(placed),
        *_two_names(placed, names or {}),
        *_later_acts(placed, approved),
    ]
    return tuple(sorted(found, key=lambda one: one.block or 0))


def _periods(
    placed: tuple[tuple[int, Piece], ...], period: tuple[int, int] | None
) -> Iterator[DocumentFinding]:
    """A programme that was copied from another keeps its years somewhere."""
    if period is None:
        return
    shown = f"{period[0]}–{period[1]}"
    for block, piece in placed:
        for match in _PERIOD.finditer(piece.text):
            first, last = int(match[1]), int(match[2])
            inside = period[0] <= first and last <= period[1]
            school_year = last == first + 1 and "уч" in piece.text[match.end() :][:12]
            if not inside and not school_year and last >= period[0]:
                yield DocumentFinding(
                    FindingKind.PERIOD,
                    f"Срок «{match[0]}» расходится со сроком программы {shown}.",
                    "Исправьте годы, если речь о самой программе.",
                    piece.place,
                    block,
                )


def _shares(content: Content) -> Iterator[DocumentFinding]:
    for index, block in enumerate(content.blocks):
        if not isinstance(block, Table):
            continue
        columns = _share_columns(block)
        for number, row in enumerate(block.rows, start=1):
            for group in columns:
                yield from _row_of_shares(row, group, index, number)


def _share_columns(table: Table) -> list[tuple[int, ...]]:
    """Return runs of columns whose titles are marks or bands in per cent."""
    header = table.header
    if not header or len(header[-1]) != len(table.columns):
        titles = _last_titles(table)
    else:
        titles = [_text(cell) for cell in header[-1]]
    groups: list[list[int]] = [[]]
    for column, title in enumerate(titles):
        if "%" in title:
            groups[-1].append(column)
        elif groups[-1]:
            groups.append([])
    return [tuple(group) for group in groups if len(group) >= check_limits().least_shares]


def _last_titles(table: Table) -> list[str]:
    """Return the titles over the columns where the header has several rows."""
    titles = [""] * len(table.columns)
    header = table.header
    if not header:
        return titles
    spans = [cell for cell in header[0] if isinstance(cell, Cell) and cell.rows > 1]
    shift = len(table.columns) - len(header[-1])
    if shift == len(spans):
        titles[shift:] = [_text(cell) for cell in header[-1]]
    return titles


def _row_of_shares(
    row: tuple[str | Cell, ...], group: tuple[int, ...], block: int, number: int
) -> Iterator[DocumentFinding]:
    if group[-1] >= len(row):
        return
    cells = [_text(row[column]).replace("\N{NO-BREAK SPACE}", "").strip(" %") for column in group]
    if not all(_NUMBER.fullmatch(cell) for cell in cells):
        return
    total = sum((Fraction(cell.replace(",", ".")) for cell in cells), Fraction())
    limits = check_limits()
    least, most = limits.near_whole
    if float(abs(total - _WHOLE)) > limits.shares_tolerance and least < float(total) < most:
        shown = decimals.share(total, _WHOLE)
        yield DocumentFinding(
            FindingKind.PERCENT,
            f"Доли в строке вместе дают {shown} %, а не 100 %: {'; '.join(cells)}.",
            "Сверьте строку с исходными данными.",
            f"таблица, строка {number}: {_text(row[0])[:60]}",
            block,
        )


def _numbers_of_sections(content: Content) -> Iterator[DocumentFinding]:
    """Sections with the same number twice, with one left out, or without one among numbered."""
    yield from _without_number(content)
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for index, block in enumerate(content.blocks):
        if not isinstance(block, Heading):
            continue
        number = _section_number(block.text)
        if number is None:
            continue
        if _DOUBLE_NUMBER.match(block.text.replace("\N{NO-BREAK SPACE}", " ")):
            message = "У раздела два номера: один поставила программа, другой стоит в названии."
            yield _numbering(message, f"заголовок «{block.text[:60]}»", index)
        parent, own = number
        known = seen[block.level, parent]
        place = f"заголовок «{block.text[:60]}»"
        if own in known:
            message = f"Номер раздела «{_joined(parent, own)}» стоит дважды."
            yield _numbering(message, place, index)
        elif known and own != max(known) + 1:
            message = f"После раздела {_joined(parent, max(known))} идёт {_joined(parent, own)}."
            yield _numbering(message, place, index)
        known.add(own)


def _without_number(content: Content) -> Iterator[DocumentFinding]:
    """Sections without a number beside at least a few that have one."""
    for beside in _side_by_side(content):
        numbered = [text for _, text in beside if _section_number(text) is not None]
        if len(numbered) < check_limits().least_numbered:
            continue
        for index, text in beside:
            if _section_number(text) is None:
                yield DocumentFinding(
                    FindingKind.NUMBERING,
                    f"Раздел «{text[:60]}» без номера, а соседние пронумерованы.",
                    "Включите у блока «Нумеровать раздел» или снимите номера у соседних.",
                    f"заголовок «{text[:60]}»",
                    index,
                )


def _side_by_side(content: Content) -> Iterator[list[tuple[int, str]]]:
    """Return the headings of one level that stand under the same heading, group by group."""
    open_groups: dict[int, list[tuple[int, str]]] = {}
    for index, block in enumerate(content.blocks):
        if isinstance(block, Annex):
            yield from open_groups.values()
            open_groups = {}
        if isinstance(block, Heading):
            for level in [one for one in open_groups if one > block.level]:
                yield open_groups.pop(level)
            open_groups.setdefault(block.level, []).append((index, block.text))
    yield from open_groups.values()


def _numbering(message: str, place: str, block: int) -> DocumentFinding:
    hint = "Уберите номер из названия: программа нумерует разделы сама."
    return DocumentFinding(FindingKind.NUMBERING, message, hint, place, block)


def _section_number(text: str) -> tuple[str, int] | None:
    match = _NUMBERED.match(text.replace("\N{NO-BREAK SPACE}", " "))
    if match:
        parent, _, own = match[1].rpartition(".")
        return parent, int(own)
    roman = _ROMAN.match(text)
    return ("", _from_roman(roman[1])) if roman else None


def _from_roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[sign] for sign in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _joined(parent: str, own: int) -> str:
    return f"{parent}.{own}" if parent else str(own)


@dataclass(frozen=True, slots=True)
class _Abbreviation:
    """A known abbreviation; ``expand`` says that a document should explain it."""

    full: str
    expand: bool


def _abbreviations(placed: tuple[tuple[int, Piece], ...]) -> Iterator[DocumentFinding]:
    known = _known_abbreviations()
    whole = (
        " ".join(piece.text for _, piece in placed).casefold().replace("\N{NO-BREAK SPACE}", " ")
    )
    told: set[str] = set()
    for block, piece in placed:
        if piece.text.isupper() and len(piece.text.split()) > 1:
            # A title in capitals is no abbreviation.
            continue
        for word in _ABBREVIATION.findall(piece.text):
            if word in told:
                continue
            told.add(word)
            yield from _one_abbreviation(word, known.get(word), whole, piece.place, block)


def _one_abbreviation(
    word: str, found: _Abbreviation | None, whole: str, place: str, block: int
) -> Iterator[DocumentFinding]:
    small = word.casefold()
    explained = f"({small})" in whole or re.search(rf"далее\s*[–—-]\s*{small}\b", whole)
    explained = explained or re.search(rf"\b{small}\s*[–—]\s*[а-яё]", whole)
    if explained or (found is not None and not found.expand):
        return
    if found is None:
        message = f"Сокращение «{word}» нигде не расшифровано и программе не известно."
        hint = "Проверьте, не осталось ли оно от чужого документа, или расшифруйте."
    elif _stem(found.full) in whole:
        return
    else:
        message = f"Сокращение «{word}» нигде не расшифровано."
        hint = f"При первом упоминании напишите: {found.full} (далее – {word})."
    yield DocumentFinding(FindingKind.ABBREVIATION, message, hint, place, block)


def _foreign_terms(placed: tuple[tuple[int, Piece], ...]) -> Iterator[DocumentFinding]:
    """The same schools under two names: the term of the office and another one."""
    chosen = in_force().chosen
    for term in terms():
        own = chosen.get(term.key, term.shorts[0])
        for other in term.shorts:
            hit = next(((b, p) for b, p in placed if other != own and _says(other, p.text)), None)
            if hit is not None:
                yield DocumentFinding(
                    FindingKind.ABBREVIATION,
                    f"В учреждении принят термин «{own}», а здесь стоит «{other}».",
                    "Если это не название акта, исправьте слово; термин выбирается в окне "
                    "«Тексты и шаблоны документов».",
                    hit[1].place,
                    hit[0],
                )


def _says(word: str, text: str) -> bool:
    return word in _ABBREVIATION.findall(text)


def _stem(full: str) -> str:
    """Return the words of an expansion without the ending, which cases change."""
    return full[:-3].casefold() if len(full) > len("школа") else full.casefold()


@lru_cache(maxsize=1)
def _known_abbreviations() -> Mapping[str, _Abbreviation]:
    path = resource("documents", "abbreviations.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["abbreviations"]
        return {one["short"]: _Abbreviation(one["full"], bool(one["expand"])) for one in listed}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читается список сокращений {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _later_acts(
    placed: tuple[tuple[int, Piece], ...], approved: date | None
) -> Iterator[DocumentFinding]:
    """A paper cannot rest on an act that did not exist when it was approved."""
    if approved is None:
        return
    for block, piece in placed:
        for cited, day in dated_acts(piece.text):
            if day > approved:
                yield DocumentFinding(
                    FindingKind.ACT,
                    f"Акт «{cited}…» позже самой программы (утверждена {approved:%d.%m.%Y}).",
                    "Исправьте дату акта или дату утверждения.",
                    piece.place,
                    block,
                )


@lru_cache(maxsize=1)
def check_limits() -> CheckLimits:
    """Return the figures of the check; ResourceError when the file of the program is not right."""
    path = resource("documents", "checking.json")
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        least, most = body["near_whole"]["value"]
        return CheckLimits(
            shares_tolerance=float(body["shares_tolerance"]["value"]),
            least_shares=int(body["least_shares"]["value"]),
            near_whole=(float(least), float(most)),
            least_numbered=int(body["least_numbered"]["value"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читаются правила проверки документа {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _blanks(placed: tuple[tuple[int, Piece], ...]) -> Iterator[DocumentFinding]:
    for block, piece in placed:
        if _BLANK.search(piece.text):
            near = _BLANK.sub("…", piece.text)[:60]
            yield DocumentFinding(
                FindingKind.BLANK,
                f"Осталось вписать: «{near}».",
                "Внесите недостающее в данные или впишите от руки.",
                piece.place,
                block,
            )


def _two_names(
    placed: tuple[tuple[int, Piece], ...], names: Mapping[str, frozenset[str]]
) -> Iterator[DocumentFinding]:
    """A school that the same document calls by its name and by another spelling."""
    texts = [(block, piece, _folded(piece.text)) for block, piece in placed]
    for name, others in names.items():
        if not any(_folded(name) in text for _, _, text in texts):
            continue
        for other in sorted(others):
            spelled = _folded(other)
            if spelled in _folded(name):
                continue
            hit = next(((b, p) for b, p, text in texts if spelled in text), None)
            if hit is not None:
                yield DocumentFinding(
                    FindingKind.NAME,
                    f"Школа названа двумя способами: «{name}» и «{other}».",
                    "Оставьте одно название.",
                    hit[1].place,
                    hit[0],
                )


def _folded(text: str) -> str:
    plain = text.casefold().replace("ё", "е").replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(re.sub(r"[«»\"“”]", "", plain).split())


def _text(item: str | Cell) -> str:
    return item.text if isinstance(item, Cell) else item
