"""Every file of the hostile set gets an answer in Russian, and the parent lives on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.importing.grid import Workbook
from app.services.importing.plan import Finding
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sniff import sniff
from tests.hostile.cases import Case
from tests.hostile.make import CASES

_KNOWN_LATIN = re.compile(
    r"\.?\b(?:docx|doc|xlsx|xlsm|xlsb|xls|ods|odt|csv|tsv|mht|Excel|LibreOffice|Word|Windows|PDF|ZIP|RAR|GZ|RTF"
    r"|XML|HTML|DOS|UTF|DjVu|Access|Zip|[A-Z]{1,7}\d{1,7})\b|(?<=столбца )[A-Z]+"
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one reader for the whole set, as a stick is read."""
    with Reader() as opened:
        yield opened


def answer(reader: Reader, path: Path) -> Workbook | Finding:
    """Return what the program makes of a file."""
    try:
        return reader.read(path, sniff(path, path.name))
    except ReadFailure as failure:
        return failure.finding


def assert_russian(sentence: str) -> None:
    """Fail on an empty sentence, a traceback, or a word of another language."""
    assert re.search("[а-яё]{3}", sentence), sentence
    assert not re.search("[A-Za-z]{2,}", _KNOWN_LATIN.sub("", sentence)), sentence


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answered_in_russian(case: Case, reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / case.name
    case.build(path)
    result = answer(reader, path)
    assert isinstance(result, Finding) == case.refused, result
    if isinstance(result, Finding):
        said = f"{result.message} {result.hint}"
        assert_russian(result.message)
        assert_russian(result.hint)
    else:
        said = " ".join(result.notes)
        for note in result.notes:
            assert_russian(note)
    assert re.search(case.says, said), said


def test_the_set_is_large_and_its_names_differ() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 60
