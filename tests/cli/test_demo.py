"""The main job on the imaginary district: the story of the district is what the program finds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.cli.demo_district import DATABASE
from app.cli.doors import Doors
from app.cli.main import main
from app.services.documents import page_count
from tests.cli.conftest import Cli
from tools.demo.district import SCHOOLS

NAMES = {school.login: school.short for school in SCHOOLS}
SHNOR = {"edu990704", "edu990715", "edu990707", "edu990711", "edu990708"}
RISK = {"edu990703", "edu990705", "edu990709", "edu990710"}


def read(path: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_finds_the_story_of_the_district(demo_template: Path) -> None:
    schools = read(demo_template / "classification.json")["schools"]
    found: dict[str, set[str]] = {}
    for school in schools:
        found.setdefault(str(school["category"]), set()).add(school["codes"]["fisoko"])  # type: ignore[index]
    assert found["ШНОР"] == SHNOR
    assert found["зона риска"] == RISK
    assert len(found["вне групп"]) == len(SCHOOLS) - len(SHNOR) - len(RISK)


def test_every_file_is_loaded_and_clean(demo_template: Path) -> None:
    files = read(demo_template / "import.json")["files"]
    assert len(files) == 37
    assert {file["status"] for file in files} == {"imported"}
    assert {
        problem["severity"]
        for file in files
        for problem in file["problems"]  # type: ignore[attr-defined]
    } <= {"warning"}


def test_no_pupil_is_kept(demo_template: Path) -> None:
    """Neither the database nor the archive holds a word of a pupil's name."""
    kept = [demo_template / DATABASE, *(demo_template / "opora-demo.archive").rglob("*")]
    data = b"".join(path.read_bytes() for path in kept if path.is_file())
    for name in ("Выдумкин", "Снегурочка", "Берендей", "Загадкин"):
        assert name.encode() not in data
        assert name.encode("utf-16-le") not in data


def test_prints_the_order_and_the_results(demo_template: Path) -> None:
    assert page_count(demo_template / "order.pdf") >= 2
    assert (demo_template / "order.docx").stat().st_size > 5_000
    assert (demo_template / "results.xlsx").stat().st_size > 5_000
    results = json.loads((demo_template / "results.json").read_text(encoding="utf-8"))
    assert {row["school"] for row in results} == set(NAMES.values())


def test_second_time_is_harmless_and_opens_the_window(
    doors: Doors,
    demo_template: Path,
    tmp_path: Path,
    data_dir: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The earlier demo is made anew, the user's own database is never touched."""
    shown: list[Path] = []

    def window(database: Path) -> int:
        shown.append(database)
        return 0

    folder = tmp_path / "demo"
    shutil.copytree(demo_template, folder)
    (folder / "order.pdf").write_bytes(b"old")
    with_window = Doors(doors.open_workspace, window, doors.take_screenshots)
    assert main(["demo", "--out", str(folder), "--window"], with_window) == 0
    assert shown == [folder / DATABASE]
    assert not data_dir.exists()
    assert read(folder / "classification.json") == read(demo_template / "classification.json")
    assert {file["status"] for file in read(folder / "import.json")["files"]} == {"imported"}
    assert page_count(folder / "order.pdf") >= 2
    told = capsys.readouterr().out
    for name in ("order.pdf", "order.docx", "results.xlsx", "results.json"):
        assert str(folder / name) in told
    for login in SHNOR:
        assert NAMES[login] in told


def test_folder_that_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = cli("demo", "--out", tmp_path / "file" / "demo")
    assert told.code == 2
    assert "не создаётся" in told.err


def test_open_elsewhere_is_left_alone(cli: Cli, doors: Doors, tmp_path: Path) -> None:
    database = tmp_path / DATABASE
    with doors.open_workspace(database):
        told = cli("demo", "--out", tmp_path)
    assert told.code == 2
    assert "запущена" in told.err
    assert database.exists()


@pytest.mark.parametrize("name", ["office.json", "usb"])
def test_missing_district_is_told(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def elsewhere(*parts: str) -> Path:
        return tmp_path / "none" if name in parts else tmp_path

    monkeypatch.setattr("app.cli.demo_district.paths.resource", elsewhere)
    told = cli("demo", "--out", tmp_path / "demo")
    assert told.code == 2
    assert "нет вымышленного района" in told.err
