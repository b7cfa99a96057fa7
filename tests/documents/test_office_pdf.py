"""PDF from an own template: by LibreOffice where there is one, and a plain sentence where not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.errors import OutputError
from app.services import settings
from app.services.documents import PaperRequest, add_template, list_templates, write_filled
from app.services.documents.own_templates import find_office, office_pdf
from app.services.workspace import Workspace
from tests.documents.samples import pdf_pages
from tests.documents.test_order import DETAILS
from tests.documents.test_own_templates import plain

KIND = "order-own"
OLD = b"old"


@pytest.fixture
def template(workspace: Workspace, tmp_path: Path) -> int:
    """Store an office and a template; return its id."""
    settings.save_office(workspace, DETAILS)
    path = plain(tmp_path / "а.docx", "Приказ за [[год]] год", "№ [[номер документа]]")
    add_template(workspace, "Наш", KIND, path)
    return list_templates(workspace)[0].id


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return the place of a PDF where an older file stands."""
    path = tmp_path / "приказ.pdf"
    path.write_bytes(OLD)
    return path


def answering(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put a program of ours in the place of LibreOffice; ``{folder}`` is where it works."""
    monkeypatch.setattr(office_pdf, "find_office", lambda: Path(sys.executable))
    monkeypatch.setattr(
        office_pdf,
        "_command",
        lambda office, source: [str(office), "-c", code.format(folder=str(source.parent))],
    )


def refused(workspace: Workspace, template: int, target: Path) -> str:
    before = sorted(target.parent.iterdir())
    with pytest.raises(OutputError) as caught:
        write_filled(workspace, template, PaperRequest(KIND, 2026), target)
    assert target.read_bytes() == OLD
    assert sorted(target.parent.iterdir()) == before
    return str(caught.value)


def test_without_libreoffice_it_is_said(
    workspace: Workspace, template: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_pdf, "find_office", lambda: None)
    told = refused(workspace, template, target)
    assert "на этом компьютере он не найден" in told
    assert "Запишите документ как .docx" in told


def test_a_program_that_makes_nothing_is_told(
    workspace: Workspace, template: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "raise SystemExit(3)")
    assert "не сделал PDF: он закончил работу, а файла не оставил" in refused(
        workspace, template, target
    )


def test_a_file_that_is_no_pdf_is_not_put_into_its_place(
    workspace: Workspace, template: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "open(r'{folder}/document.pdf', 'w').write('not a pdf')")
    assert "не открывается" in refused(workspace, template, target)


def test_a_program_that_does_not_end_is_ended(
    workspace: Workspace, template: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_pdf, "_LIMIT", 0.3)
    answering(monkeypatch, "input_ = __import__('threading').Event().wait()")
    assert "не закончил работу вовремя" in refused(workspace, template, target)


@pytest.mark.skipif(sys.platform != "win32", reason="только в Windows")
def test_windows_is_not_asked_for_a_program_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soffice.exe").write_bytes(b"MZ")
    monkeypatch.chdir(tmp_path)
    for variable in office_pdf._WINDOWS_FOLDERS:
        monkeypatch.delenv(variable, raising=False)
    assert find_office() is None


@pytest.mark.skipif(sys.platform == "win32", reason="только в Linux")
def test_the_program_is_found_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), os.environ["PATH"]]))
    assert find_office() == program


@pytest.mark.skipif(find_office() is None, reason="LibreOffice не установлен")
def test_libreoffice_makes_the_pdf(workspace: Workspace, template: int, target: Path) -> None:
    request = PaperRequest(KIND, 2026)
    assert write_filled(workspace, template, request, target) == ("номер документа",)
    (page,) = pdf_pages(target.read_bytes())
    assert "Приказ за 2026 год" in page
