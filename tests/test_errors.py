"""Reasons of the system are told in Russian whatever language it speaks."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from app.errors import reason


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EISDIR])
def test_a_known_reason_is_russian(code: int) -> None:
    told = reason(OSError(code, "in English"))
    assert re.fullmatch("[а-яё ,–-]+", told)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "нет").read_bytes()
    assert reason(caught.value) == "такого файла или папки нет"


def test_an_unknown_reason_is_what_the_system_says() -> None:
    assert reason(OSError(errno.EDOM, "как есть")) == "как есть"
    assert reason(OSError("без номера")) == "без номера"
