"""Colours, font, icons and the style sheet: everything that decides how the window looks."""

from app.ui.theme.colors import DARK, LIGHT, Theme, Tone
from app.ui.theme.current import ThemeChoice, ThemeKeeper, keeper, theme

__all__ = ["DARK", "LIGHT", "Theme", "ThemeChoice", "ThemeKeeper", "Tone", "keeper", "theme"]
