"""Writing documents: whole or not at all, and why not."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from app.errors import OutputError
from app.services import output
from app.services.documents import file_name, page_count, rendering, write
from app.services.output import safe_file_name, write_safely
from tests.documents.samples import order

OLD = b"old"


def accept(path: Path) -> None:
    assert path.exists()


def refuse(_path: Path) -> None:
    raise OutputError("не открывается")


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "приказ.pdf"
    path.write_bytes(OLD)
    return path


def assert_untouched(path: Path) -> None:
    assert path.read_bytes() == OLD
    assert [item.name for item in path.parent.iterdir() if item.suffix == ".tmp"] == []


@pytest.mark.parametrize("name", ["приказ.pdf", "ПРИКАЗ.PDF", "приказ.docx"])
def test_written_file_is_there_and_nothing_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write(order(), path) == path
    assert [item.name for item in tmp_path.iterdir() if item.name != "data"] == [name]
    if path.suffix.casefold() == ".pdf":
        assert page_count(path) == 2


def test_old_file_is_replaced(old_file: Path) -> None:
    write(order(), old_file)
    assert old_file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["приказ.doc", "приказ", "приказ.xls"])
def test_strange_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\.pdf и \.docx и \.xlsx"):
        write(order(), tmp_path / name)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "На диске нет места"),
        (errno.EDQUOT, "Исчерпано место"),
        (errno.EROFS, "защищён от записи"),
        (errno.EACCES, "Нет права записи"),
        (errno.EIO, "не записан: "),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_failing_disk_leaves_the_old_file(
    old_file: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str, call: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(output.os, call, fail)
    with pytest.raises(OutputError, match=sentence) as caught:
        write_safely(old_file, b"new", accept)
    assert "приказ.pdf" in caught.value.message
    assert caught.value.hint
    assert_untouched(old_file)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="нет устройства /dev/full")
def test_full_disk_in_the_middle(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes a part and then refuses: a real full device."""
    write_through = output._write_through
    monkeypatch.setattr(
        output, "_write_through", lambda _path, data: write_through(_FullDisk(), data)
    )
    with pytest.raises(OutputError, match="На диске нет места"):
        write_safely(old_file, b"new", accept)
    assert_untouched(old_file)


class _FullDisk:
    def open(self, _mode: str) -> IO[bytes]:
        return Path("/dev/full").open("wb")


def test_folder_that_cannot_be_flushed_is_no_failure(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file system of many sticks refuses it; by then the file is written and in place."""
    fsync = os.fsync

    def fail_on_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "folder")
        fsync(handle)

    monkeypatch.setattr(output.os, "fsync", fail_on_folders)
    write_safely(old_file, b"new", accept)
    assert old_file.read_bytes() == b"new"


def test_file_that_does_not_open_is_not_put_in_place(old_file: Path) -> None:
    with pytest.raises(OutputError, match="не открывается"):
        write_safely(old_file, b"new", refuse)
    assert_untouched(old_file)


def test_half_written_file_is_noticed(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_write_through", lambda path, data: path.write_bytes(data[:1]))
    with pytest.raises(OutputError, match="не полностью"):
        write_safely(old_file, b"new", accept)
    assert_untouched(old_file)


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_broken_document_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    _render, check = rendering._RENDERERS[ending]
    monkeypatch.setitem(rendering._RENDERERS, ending, (lambda _content: b"broken", check))
    path = tmp_path / f"приказ{ending}"
    with pytest.raises(OutputError, match="не открывается"):
        write(order(), path)
    assert not path.exists()


def test_missing_folder_and_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"Папки .* нет"):
        write_safely(tmp_path / "нет" / "а.pdf", b"", accept)
    (tmp_path / "папка.pdf").mkdir()
    with pytest.raises(OutputError, match="папка, а не файл"):
        write_safely(tmp_path / "папка.pdf", b"", accept)
    (tmp_path / "файл").write_bytes(OLD)
    with pytest.raises(OutputError, match="файл» – не папка"):
        write_safely(tmp_path / "файл" / "а.pdf", b"", accept)


@pytest.mark.parametrize("owner", [".~lock.приказ.pdf#", "~$приказ.pdf"])
def test_file_open_elsewhere_is_left_alone(old_file: Path, owner: str) -> None:
    old_file.with_name(owner).write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="открыт в другой программе"):
        write_safely(old_file, b"new", accept)
    assert_untouched(old_file)


def test_write_protected_file_is_left_alone(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output.os, "access", lambda *_arguments: False)
    with pytest.raises(OutputError, match="защищён от записи"):
        write_safely(old_file, b"new", accept)
    assert_untouched(old_file)


def test_name_of_the_file_says_what_it_is() -> None:
    title = "Об утверждении перечня общеобразовательных организаций с низкими образовательны"
    assert file_name(order(number="66/2")).startswith(f"Приказ № 66 2 от 26.09.2025. {title}")
    assert file_name(order(number="", date=None)).startswith("Приказ. Об утверждении")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Приказ № 5: «Об утверждении» <b>/1", "Приказ № 5 «Об утверждении» b 1"),
        ("con", "_con"),
        ("COM1.текст", "_COM1.текст"),
        ("  имя с точкой.  ", "имя с точкой"),
        ("???", "документ"),
        ("а" * 300, "а" * 120),
        ("строка\nвторая\t", "строка вторая"),
    ],
)
def test_safe_file_name(title: str, name: str) -> None:
    assert safe_file_name(title) == name


def test_a_name_that_the_system_does_not_take(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"Слишком длинное имя|не записан"):
        write_safely(tmp_path / f"{'ы' * 300}.pdf", b"new", accept)


def write_alone(path: Path) -> None:
    write_safely(path, b"new", accept)


def write_together(path: Path) -> None:
    with output.Together() as files:
        files.add(path, b"new", accept)


@pytest.mark.parametrize("write_it", [write_alone, write_together])
def test_a_disk_that_refuses_removing_too_is_told_by_its_first_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_it: Callable[[Path], None]
) -> None:
    """A read-only disk refuses to remove a temporary file that it never let begin."""

    def refuse_all(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(output, "_write_through", refuse_all)
    monkeypatch.setattr(Path, "unlink", refuse_all)
    with pytest.raises(OutputError, match="Диск защищён от записи, файл «приказ"):
        write_it(tmp_path / "приказ.pdf")
