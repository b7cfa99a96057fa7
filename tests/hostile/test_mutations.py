"""Honest files with random bytes changed: each still gets an answer in Russian, or is read."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.importing.grid import Workbook
from app.services.importing.read_child import Limits
from app.services.importing.reading import Reader
from tests.hostile import biff, ods_parts
from tests.hostile.test_hostile import answer, assert_russian
from tests.hostile.xlsx_parts import table, write_xlsx

_SEED = 20_250_901
_KINDS = ("xlsx", "xls", "ods", "csv", "html", "xlsx inside", "ods inside")
"""«Inside» changes the XML before it is packed, so that the archive is sound and parsers see it."""


def honest(kind: str, folder: Path) -> bytes:
    """Return the bytes of an honest file of a kind."""
    path = folder / f"честная.{kind}"
    if kind == "xlsx":
        write_xlsx(path, {"Лист1": table(40), "Лист2": table(5)})
        return path.read_bytes()
    if kind == "ods":
        cells = [
            ods_parts.cell("string", text="Школа"),
            ods_parts.cell("float", 'office:value="5"'),
        ]
        ods_parts.write_ods(path, ods_parts.sheet("Лист1", *[ods_parts.row(*cells)] * 40))
        return path.read_bytes()
    if kind == "xls":
        rows: list[list[biff.Cell]] = [
            ["Лесная СОШ", n / 7, biff.Day(45_000 + n)] for n in range(40)
        ]
        return biff.workbook({"Лист1": rows, "Лист2": rows[:3]})
    if kind == "csv":
        return "".join(f"Школа № {n};01{n:03d};{n},5\n" for n in range(40)).encode("cp1251")
    return ("<table>" + "<tr><td>Школа<td>5</tr>" * 40 + "</table>").encode()


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """Return an archive with one of its parts mutated."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = source.read(name)
            target.writestr(name, mutated(part, chance) if name == chosen else part)
    return result.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few changed, a piece cut out or doubled, or the end lost."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20, 100))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    length = chance.randrange(1, 200)
    action = chance.randrange(6)
    if action == 0:
        del changed[start : start + length]
    elif action == 1:
        changed[start:start] = changed[start : start + length]
    elif action == 2:
        del changed[max(start, 1) :]
    return bytes(changed)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one reader for all files."""
    with Reader(limits=Limits(seconds=5.0)) as opened:
        yield opened


def feed(reader: Reader, folder: Path, count: int, seed: int) -> int:
    """Read so many mutated files and return how many could still be read."""
    chance = random.Random(seed)
    sources = {kind: honest(kind.partition(" ")[0], folder) for kind in _KINDS}
    read = 0
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        path = folder / f"{number}.{kind.partition(' ')[0]}"
        change = mutated_inside if kind.endswith("inside") else mutated
        path.write_bytes(change(sources[kind], chance))
        result = answer(reader, path)
        if isinstance(result, Workbook):
            read += 1
        else:
            assert_russian(result.message)
        path.unlink()
    return read


def test_two_hundred_mutated_files(reader: Reader, tmp_path: Path) -> None:
    read = feed(reader, tmp_path, 200, _SEED)
    assert 0 < read < 200  # some survive, some do not: the mutations are neither void nor total


@pytest.mark.slow
def test_two_thousand_mutated_files(reader: Reader, tmp_path: Path) -> None:
    read = feed(reader, tmp_path, 2000, _SEED + 1)
    assert 0 < read < 2000
