"""Staging: every file of a folder is copied, or listed with the reason why not."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from app.errors import Cancelled, UserError
from app.services.importing import stage as module
from app.services.importing.stage import Staged, StagedFile, printable, stage
from app.services.progress import NoProgress

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file systems only")


class Stop(NoProgress):
    """Cancels at the given check."""

    def __init__(self, after: int) -> None:
        self.left = after

    def check(self) -> None:
        """Count down."""
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def by_path(staged: Staged) -> dict[str, StagedFile]:
    return {file.path: file for file in staged.files}


def problem_of(file: StagedFile) -> str:
    assert file.problem is not None
    assert file.copy is None
    return file.problem.message


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "Флешка"
    (folder / "ВПР 2025").mkdir(parents=True)
    (folder / "Реестр.xlsx").write_bytes(b"registry")
    (folder / "ВПР 2025" / "РУ 5.xlsx").write_bytes(b"marks")
    return folder


def test_copies_are_equal_hashed_sorted_and_private(stick: Path) -> None:
    with stage([stick], NoProgress()) as staged:
        assert [file.path for file in staged.files] == ["ВПР 2025/РУ 5.xlsx", "Реестр.xlsx"]
        assert staged.label == "Флешка"
        file = staged.files[1]
        assert file.copy is not None
        assert file.copy.read_bytes() == b"registry"
        assert file.sha256 == hashlib.sha256(b"registry").hexdigest()
        assert file.size == 8
        if sys.platform != "win32":
            assert stat.S_IMODE(file.copy.parent.stat().st_mode) == 0o700
    assert not file.copy.parent.exists()


def test_closing_twice_is_harmless(stick: Path) -> None:
    staged = stage([stick], NoProgress())
    staged.close()
    staged.close()


def test_single_files_and_several_folders_keep_their_names_apart(stick: Path) -> None:
    other = stick.parent / "Вторая"
    other.mkdir()
    (other / "Реестр.xlsx").write_bytes(b"2")
    with stage([stick, other, stick / "Реестр.xlsx"], NoProgress()) as staged:
        assert [file.path for file in staged.files] == [
            "Вторая/Реестр.xlsx",
            "Реестр.xlsx",
            "Флешка/ВПР 2025/РУ 5.xlsx",
            "Флешка/Реестр.xlsx",
        ]
        assert "ещё 2" in staged.label


def test_rubbish_of_the_system_is_listed_with_its_reason(stick: Path) -> None:
    names = ["Thumbs.db", "desktop.ini", "~$Реестр.xlsx", ".DS_Store", "._Реестр.xlsx"]
    for name in names:
        (stick / name).write_bytes(b"x")
    (stick / "System Volume Information").mkdir()
    with stage([stick], NoProgress()) as staged:
        files = by_path(staged)
    for name in [*names, "System Volume Information"]:
        assert files[name].service
        assert "Пропущено" in problem_of(files[name])
    assert files["Реестр.xlsx"].problem is None
    assert not files["Реестр.xlsx"].service


def test_empty_and_too_large_files_are_refused(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "пусто.xlsx").touch()
    (stick / "велик.xlsx").write_bytes(b"1" * 100)
    monkeypatch.setattr(module, "LARGEST_FILE", 50)
    with stage([stick], NoProgress()) as staged:
        files = by_path(staged)
    assert "пуст" in problem_of(files["пусто.xlsx"])
    assert "велик" in problem_of(files["велик.xlsx"])
    assert files["Реестр.xlsx"].copy is not None


def test_a_folder_named_like_a_book_is_a_folder(stick: Path) -> None:
    (stick / "отчёт.xlsx").mkdir()
    (stick / "отчёт.xlsx" / "внутри.xlsx").write_bytes(b"1")
    with stage([stick], NoProgress()) as staged:
        assert "отчёт.xlsx/внутри.xlsx" in by_path(staged)


def test_a_file_that_vanishes_is_listed_and_the_others_go_on(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module._open_regular

    def pulled_out(path: Path) -> object:
        if path.name == "Реестр.xlsx":
            path.unlink()
        return real(path)

    monkeypatch.setattr(module, "_open_regular", pulled_out)
    with stage([stick], NoProgress()) as staged:
        files = by_path(staged)
    assert "носитель вынули" in problem_of(files["Реестр.xlsx"])
    assert files["ВПР 2025/РУ 5.xlsx"].copy is not None


def test_a_folder_that_vanishes_is_listed(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def pulled_out(path: str | Path) -> object:
        if str(path).endswith("ВПР 2025"):
            raise FileNotFoundError(2, "gone", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", pulled_out)
    with stage([stick], NoProgress()) as staged:
        files = by_path(staged)
    assert "носитель вынули" in problem_of(files["ВПР 2025"])
    assert files["Реестр.xlsx"].copy is not None


def test_a_stick_that_stops_answering_halfway(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> tuple[str, int]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(module, "_copy", broken)
    with stage([stick], NoProgress()) as staged:
        assert all("не отвечает" in problem_of(file) for file in staged.files)


@posix_only
def test_pipes_locked_files_and_circles(stick: Path) -> None:
    os.mkfifo(stick / "труба.xlsx")
    (stick / "круг").symlink_to(stick)
    (stick / "сам на себя").symlink_to(stick / "сам на себя")
    (stick / "никуда.xlsx").symlink_to(stick / "нет такого")
    with stage([stick], NoProgress()) as staged:
        files = by_path(staged)
    assert "особый объект" in problem_of(files["труба.xlsx"])
    assert "сама на себя" in problem_of(files["круг"])
    assert "сама на себя" in problem_of(files["сам на себя"])
    assert "исчез" in problem_of(files["никуда.xlsx"])
    assert files["Реестр.xlsx"].copy is not None


def test_unreadable_file_is_listed(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> object:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(module, "_open_regular", denied)
    with stage([stick], NoProgress()) as staged:
        assert all("нет прав" in problem_of(file) for file in staged.files)


@posix_only
def test_odd_names_are_made_fit_and_kept_apart(stick: Path) -> None:
    base = os.fsencode(stick)
    for name in (b"\xff.xlsx", b"\xfe.xlsx", b"new\nline.xlsx"):
        Path(os.fsdecode(base + b"/" + name)).write_bytes(b"x")
    with stage([stick], NoProgress()) as staged:
        files = by_path(staged)
    assert {"\ufffd.xlsx", "\ufffd.xlsx (2)", "new\ufffdline.xlsx"} <= set(files)
    for path in files:
        path.encode("utf-8")


def test_names_from_macos_get_the_usual_letters() -> None:
    assert printable("Реи\u0306тинг") == "Рейтинг"


def test_nothing_found_and_nothing_inside_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Не найдено"):
        stage([tmp_path / "нет"], NoProgress())
    (tmp_path / "пусто").mkdir()
    with pytest.raises(UserError, match="нет ни одного файла"):
        stage([tmp_path / "пусто"], NoProgress())


def test_a_missing_file_among_others_is_listed(stick: Path) -> None:
    with stage([stick / "Реестр.xlsx", stick / "нет.xlsx"], NoProgress()) as staged:
        files = by_path(staged)
    assert "исчез" in problem_of(files["нет.xlsx"])
    assert files["Реестр.xlsx"].copy is not None


def test_a_whole_disk_is_refused(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(UserError, match="весь диск"):
        stage([stick], NoProgress())


@pytest.mark.parametrize("after", range(5))
def test_cancel_leaves_nothing_behind(
    after: int, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "temp"
    base.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(base))
    with pytest.raises(Cancelled):
        stage([stick], Stop(after))
    assert list(base.iterdir()) == []


def test_no_room_for_copies_stops_the_load(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "temp"
    base.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(base))

    def full(*_: object) -> None:
        raise module._no_room(OSError(28, "No space left on device"))

    monkeypatch.setattr(module, "_write", full)
    with pytest.raises(UserError, match="нет места"):
        stage([stick], NoProgress())
    assert list(base.iterdir()) == []


def test_copies_of_a_killed_program_are_removed(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "temp"
    dead = base / "opora-999999999-abc"
    alive = base / f"opora-{os.getpid()}-abc"
    foreign = base / "opora-notes-abc"
    for folder in (dead, alive, foreign):
        folder.mkdir(parents=True)
        (folder / "00000").write_bytes(b"names")
    monkeypatch.setattr(tempfile, "tempdir", str(base))
    with stage([stick], NoProgress()):
        assert not dead.exists()
        assert alive.exists()
        assert foreign.exists()
