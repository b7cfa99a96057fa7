"""The data that documents are made by: measures with their sources, texts, fonts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from app.errors import ResourceError
from app.paths import resource
from app.services import settings
from app.services.documents import texts, typography
from app.services.documents.pdf import fonts


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Forget what was read: tests put other files in place."""
    typography.profiles.cache_clear()
    texts.shipped_sentences.cache_clear()


@pytest.mark.parametrize("key", ["2025", "2016"])
def test_measures_keep_the_standard(key: str) -> None:
    chosen = typography.profile(key)
    assert (chosen.page_width_mm, chosen.page_height_mm) == (210, 297)
    assert chosen.left_mm >= 20
    assert chosen.right_mm >= 10
    assert min(chosen.top_mm, chosen.bottom_mm) >= 20
    assert chosen.left_long_storage_mm == 30
    assert chosen.page_number_from_top_mm >= 10
    assert all(12 <= size <= 14 for size in (chosen.text_pt, chosen.table_pt, chosen.small_pt))
    assert 1 <= chosen.line_spacing <= 1.5
    assert chosen.text_width_mm(long_storage=True) == 170
    assert all(origin.source for origin in chosen.sources.values())
    assert not chosen.sources["indent_mm"].confirmed


def test_every_choice_of_the_setting_is_a_profile() -> None:
    choices = settings.DOCUMENT_STANDARD.choices
    assert choices == {key: item.title for key, item in typography.profiles().items()}


def test_unknown_profile_names_the_known() -> None:
    with pytest.raises(ResourceError, match="Известные профили: 2025, 2016"):
        typography.profile("6.30")


@pytest.mark.parametrize("text", ["{", "{}", '{"profiles": [{"key": "2025"}]}', "[]"])
def test_broken_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    for name in ("typography.json", "order.json"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(typography, "resource", lambda *parts: tmp_path / parts[-1])
    monkeypatch.setattr(texts, "resource", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(ResourceError, match=r"typography\.json"):
        typography.profile("2025")
    with pytest.raises(ResourceError, match=r"order\.json"):
        texts.sentences("order")


def test_every_file_of_texts_says_where_it_comes_from() -> None:
    for name in ("order", "rule"):
        data = json.loads(resource("documents", f"{name}.json").read_text(encoding="utf-8"))
        assert data["source"]
        assert isinstance(data["confirmed"], bool)


def test_fonts_are_those_of_the_notice() -> None:
    folder = resource("fonts")
    notice = (folder / "Tinos-NOTICE.txt").read_text(encoding="utf-8")
    files = sorted(folder.glob("Tinos-*.ttf"))
    assert len(files) == 4
    for path in files:
        assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" in notice
    licence = (folder / "Tinos-LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "THE FONT SOFTWARE IS PROVIDED" in licence


def test_missing_font_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="Не читается шрифт"):
        fonts._load("Tinos", tmp_path / "Tinos.ttf")
    (tmp_path / "Tinos.ttf").write_bytes(b"not a font")
    with pytest.raises(ResourceError, match="Не читается шрифт"):
        fonts._load("Tinos", tmp_path / "Tinos.ttf")
