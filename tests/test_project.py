"""The project itself: its locks, its commands, its demo district, its licences."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tools import environment, launcher, system
from tools.demo import workbooks
from tools.demo.district import SCHOOLS

ROOT = Path(__file__).resolve().parents[1]
USB = ROOT / "resources" / "demo" / "usb"


def pins(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return each requirement line of a lock with its hashes, by the package's name."""
    found = {}
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        requirement, *hashes = (part.strip() for part in line.split("--hash="))
        found[re.split(r"[=\s]", requirement)[0]] = (requirement, frozenset(hashes))
    return found


def test_developer_lock_holds_the_runtime_lock() -> None:
    runtime, developer = pins(environment.RUNTIME_LOCK), pins(environment.DEVELOPER_LOCK)
    assert runtime
    assert {name: developer.get(name) for name in runtime} == runtime


def test_every_pin_is_exact_and_hashed() -> None:
    for lock in (environment.RUNTIME_LOCK, environment.DEVELOPER_LOCK):
        for requirement, hashes in pins(lock).values():
            assert re.match(r"[\w.-]+==[\w.]+( ;|$)", requirement), requirement
            assert hashes, requirement


def test_locks_name_no_registry() -> None:
    for lock in (environment.RUNTIME_LOCK, environment.DEVELOPER_LOCK):
        assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_lock_holds_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.split(r"[<>=~ ]", d)[0] for d in project["project"]["dependencies"]}
    declared_dev = {re.split(r"[<>=~ ]", d)[0] for d in project["dependency-groups"]["dev"]}
    assert declared <= set(pins(environment.RUNTIME_LOCK))
    assert declared_dev <= set(pins(environment.DEVELOPER_LOCK))


def test_licences_name_every_package_and_its_licence() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").lower()
    rows = {
        cells[1].strip(): cells[2].strip()
        for line in page.splitlines()
        if len(cells := line.split("|")) > 3
    }
    for name in pins(environment.DEVELOPER_LOCK):
        assert rows.get(name), f"{name} is not in docs/licences.md"


def test_no_package_of_the_program_is_gpl_only() -> None:
    """Everything under the GPL must offer another licence beside it."""
    found = []
    for name in pins(environment.RUNTIME_LOCK):
        try:
            data = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # a pin for another system or Python
        text = " ".join([*data.get_all("Classifier", []), data.get("License-Expression") or ""])
        gpl = "GPL" in text.replace("LGPL", "").replace("Lesser General Public License", "")
        if gpl and not re.search(r"LGPL|MPL|MIT|BSD", text):
            found.append(name)
    assert found == []


def test_declared_is_what_the_program_imports() -> None:
    """Nothing comes from a package that only another one brings, and nothing is there in vain."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.split(r"[<>=~ ]", d)[0].lower() for d in project["project"]["dependencies"]}
    owners = metadata.packages_distributions()
    used = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used |= {name for top in _tops(node) for name in owners.get(top, [])}
    # shiboken6 is half of PySide6 under a name of its own; reportlab hyphenates with pyphen.
    found = {name.lower().replace("_", "-") for name in used} - {"shiboken6"}
    assert found | {"pyphen"} == declared


def _tops(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module.split(".")[0]]
    return []


def test_gate_watches_modules_that_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    gated = project["tool"]["coverage"]["run"]["include"]
    assert gated
    assert [name for name in gated if not (ROOT / name).exists()] == []
    assert project["tool"]["coverage"]["report"]["fail_under"] == 100


def test_no_test_falls_between_the_two_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the plain run leaves out is what the gate runs, and it is there."""
    ran: list[list[str]] = []
    monkeypatch.setattr(launcher, "_run", lambda command, cwd: ran.append(command) or 0)
    assert launcher._all_checks("python", ["python", "-m", "pytest"]) == 0
    plain, gate = (command for command in ran if "pytest" in command)
    left_out = [word.removeprefix("--ignore=") for word in plain if word.startswith("--ignore=")]
    watched = [word for word in gate if word.startswith("tests/")]
    assert left_out == watched == list(launcher.GATE_TESTS)
    assert [path for path in watched if not (ROOT / path).exists()] == []
    assert "--cov" in gate
    assert "--cov" not in plain


def test_one_failed_check_fails_the_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launcher, "_run", lambda command, cwd: int("mypy" in command))
    assert launcher._all_checks("python", ["python", "-m", "pytest"]) == 1
    assert capsys.readouterr().out.endswith("Не прошли: mypy\n")


def test_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines()[1:] if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 run.py test </dev/null"
    assert "python3 run.py test" in readme
    assert "python3 run.py demo" in readme
    if os.name == "posix":
        assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["нет-такой"]])
def test_launcher_explains_itself(arguments: list[str]) -> None:
    """Without a valid command nothing is installed and the usage is shown."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    shown = done.stdout if arguments == ["--help"] else done.stderr
    assert "run.py КОМАНДА" in shown
    assert done.returncode == (0 if arguments == ["--help"] else 2)


def test_launcher_refuses_an_old_python(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    import run

    assert not run.suitable((3, 10))
    assert run.suitable((3, 11))
    assert run.suitable((3, 13))
    assert not run.suitable((3, 14))
    monkeypatch.setattr(run, "find_other", list)
    assert run.hand_over() == 2
    told = capsys.readouterr().err
    assert "Нужен Python от 3.11 до 3.13" in told
    assert "Python 3.11 to 3.13 is needed" in told


def test_run_py_can_be_read_by_an_old_python() -> None:
    """The sentence for an old Python only comes if that Python can parse the file."""
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


class TestEnvironment:
    """The environment is made once, kept while it is whole, and made anew otherwise."""

    @pytest.fixture(autouse=True)
    def place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Move the project into ``tmp_path`` and note what would be done instead of doing it."""
        done: list[str] = []
        (tmp_path / "requirements.lock").write_text("a==1\n", encoding="utf-8")
        (tmp_path / "requirements-dev.lock").write_text("a==1\nb==1\n", encoding="utf-8")
        monkeypatch.setattr(environment, "ROOT", tmp_path)
        monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
        monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "stamp.json")

        def create() -> None:
            done.append("create")
            environment.venv_python().parent.mkdir(parents=True, exist_ok=True)
            environment.venv_python().touch()
            environment.STAMP.unlink(missing_ok=True)

        monkeypatch.setattr(environment, "_create", create)
        monkeypatch.setattr(environment, "_install", done.append)
        self.done = done
        return done

    def test_second_time_does_nothing(self) -> None:
        environment.prepare("requirements.lock")
        environment.prepare("requirements.lock")
        assert self.done == ["create", "requirements.lock"]

    def test_tests_add_to_the_demo(self) -> None:
        environment.prepare("requirements.lock")
        environment.prepare("requirements-dev.lock")
        environment.prepare("requirements.lock")
        assert self.done == ["create", "requirements.lock", "requirements-dev.lock"]

    def test_developer_lock_serves_the_demo(self) -> None:
        environment.prepare("requirements-dev.lock")
        environment.prepare("requirements.lock")
        assert self.done == ["create", "requirements-dev.lock"]

    def test_changed_lock_makes_it_anew(self) -> None:
        environment.prepare("requirements.lock")
        (environment.ROOT / "requirements.lock").write_text("a==2\n", encoding="utf-8")
        environment.prepare("requirements.lock")
        assert self.done == ["create", "requirements.lock"] * 2

    def test_interrupted_install_is_repaired(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(_lock: str) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(environment, "_install", interrupted)
            with pytest.raises(KeyboardInterrupt):
                environment.prepare("requirements.lock")
        environment.prepare("requirements.lock")
        assert self.done == ["create", "create", "requirements.lock"]

    @pytest.mark.parametrize("stamp", ["", "[]", '{"python": "x"}', '{"python": 1, "locks": []}'])
    def test_damaged_stamp_makes_it_anew(self, stamp: str) -> None:
        environment.prepare("requirements.lock")
        environment.STAMP.write_text(stamp, encoding="utf-8")
        environment.prepare("requirements.lock")
        assert self.done == ["create", "requirements.lock"] * 2


class TestSystemLibraries:
    """Missing libraries are brought by root on Debian and named with the command elsewhere."""

    @pytest.fixture
    def missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(system, "_loads", lambda soname: soname != "libEGL.so.1")

    @pytest.mark.usefixtures("missing")
    def test_named_for_a_user(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system, "_is_root", lambda: False)
        with pytest.raises(system.MissingLibraries, match=r"apt-get install -y libegl1\n"):
            system.provide(system.TEST_LIBRARIES)

    @pytest.mark.usefixtures("missing")
    def test_brought_by_root(self, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[tuple[str, ...]] = []

        def apt(*arguments: str) -> int:
            calls.append(arguments)
            return 0

        monkeypatch.setattr(system, "_is_root", lambda: True)
        monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(system, "_apt", apt)
        system.provide(system.TEST_LIBRARIES)
        assert calls == [("update",), ("install", "-y", "--no-install-recommends", "libegl1")]

    def test_nothing_is_done_when_nothing_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system, "_loads", lambda _soname: True)
        monkeypatch.setattr(system, "_apt", None)
        system.provide(system.WINDOW_LIBRARIES)

    def test_told_by_the_launcher(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def refuse(_libraries: object) -> None:
            raise system.MissingLibraries("нет libegl1")

        monkeypatch.setattr(system, "provide", refuse)
        assert launcher.main(["test"]) == 2
        assert "нет libegl1" in capsys.readouterr().err


def values(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


class TestDemoDistrict:
    """The committed stick is what its script makes, small, and plainly imaginary."""

    def test_is_what_the_script_makes(self, tmp_path: Path) -> None:
        made = sorted(path.relative_to(tmp_path) for path in workbooks.stick(tmp_path))
        assert made == sorted(path.relative_to(USB) for path in USB.rglob("*.xlsx"))
        for name in made:
            assert values(tmp_path / name) == values(USB / name), name

    def test_is_small(self) -> None:
        assert sum(path.stat().st_size for path in USB.rglob("*")) < 600_000

    def test_codes_and_names_are_unique(self) -> None:
        assert len(SCHOOLS) == 14
        for field in ("login", "rcoi", "short", "full", "director"):
            assert len({getattr(school, field) for school in SCHOOLS}) == len(SCHOOLS)

    def test_office_has_every_requisite(self) -> None:
        office = json.loads((USB.parent / "office.json").read_text(encoding="utf-8"))
        assert all(office.values())
        assert {"full_name", "short_name", "place", "head_post", "head_name"} <= set(office)


def test_sentences_have_one_kind_of_dash() -> None:
    """The window, the command line and paper write « – », as Word and Windows do in Russian."""
    read = list((ROOT / "app").rglob("*.py"))
    read += [path for kind in ("*.json", "*.md") for path in (ROOT / "resources").rglob(kind)]
    assert len(read) > 500
    long_dash = re.compile(r"\S \u2014|\u2014 \S")
    found = [path.relative_to(ROOT) for path in read if long_dash.search(path.read_text("utf-8"))]
    assert found == []
