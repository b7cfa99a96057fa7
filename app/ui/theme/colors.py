"""The two palettes; every text colour keeps a contrast of at least 4.5 to its ground."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Tone(Enum):
    """What a chip or a mark says by its colour; a sign and a word always say it too."""

    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"
    INFO = "info"
    NEUTRAL = "neutral"


class Theme(NamedTuple):
    """Colours as ``#rrggbb``.  ``tones`` holds the pair (text, ground) of each tone."""

    name: str
    dark: bool
    window: str
    base: str
    stripe: str
    raised: str
    """Ground of buttons and fields that stand out of the window."""
    text: str
    muted: str
    disabled: str
    border: str
    strong_border: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    on_selection: str
    tones: dict[Tone, tuple[str, str]]


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f3f4f6",
    base="#ffffff",
    stripe="#f8f9fb",
    raised="#ffffff",
    text="#1c2127",
    muted="#59626e",
    disabled="#9aa2ad",
    border="#d8dce2",
    strong_border="#b7bec8",
    accent="#1d5fb4",
    accent_hover="#174f98",
    on_accent="#ffffff",
    selection="#d9e7f9",
    on_selection="#10233b",
    tones={
        Tone.DANGER: ("#9c1c14", "#fbe5e3"),
        Tone.WARNING: ("#7a4a00", "#fdf0d2"),
        Tone.SUCCESS: ("#17603a", "#e0f2e7"),
        Tone.INFO: ("#174f98", "#e1ecfa"),
        Tone.NEUTRAL: ("#4b5561", "#eaedf0"),
    },
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#1f2227",
    base="#17191d",
    stripe="#1b1e23",
    raised="#2a2e35",
    text="#e5e8ec",
    muted="#a3acb8",
    disabled="#6d7580",
    border="#353a43",
    strong_border="#505865",
    accent="#6aa5f2",
    accent_hover="#86b6f5",
    on_accent="#0c1b2e",
    selection="#274468",
    on_selection="#f2f6fb",
    tones={
        Tone.DANGER: ("#f7a8a0", "#4a2220"),
        Tone.WARNING: ("#f0c778", "#443414"),
        Tone.SUCCESS: ("#8fd5ab", "#1d3b2a"),
        Tone.INFO: ("#9cc4f7", "#203a5c"),
        Tone.NEUTRAL: ("#c0c7d0", "#31363e"),
    },
)
