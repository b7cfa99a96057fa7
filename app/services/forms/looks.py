"""How the cells of blank forms look."""

from __future__ import annotations

from typing import Any

_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
_INK, _MUTED, _LINE = "#1F2933", "#6B7785", "#B8C1CC"
_FILL, _SECTION, _ACCENT = "#FFF8DC", "#EEF2F6", "#9A3412"


class Looks:
    """The cell formats of one book; those of cells to fill are the only unlocked ones."""

    def __init__(self, book: Any) -> None:
        def look(**more: Any) -> Any:
            return book.add_format({**_FONT, "font_color": _INK, **more})

        def ruled(**more: Any) -> Any:
            return look(border=1, border_color=_LINE, **more)

        self.title = look(bold=True, font_size=15)
        self.label = look(bold=True, align="center")
        self.school = ruled(bold=True, bg_color=_FILL, locked=False, num_format="@", shrink=True)
        self.muted = look(font_color=_MUTED, shrink=True)
        self.deadline = look(bold=True, font_color=_ACCENT)
        self.lead = look(text_wrap=True, valign="top")
        self.head = ruled(bold=True, text_wrap=True, align="center", bg_color=_SECTION)
        self.section = ruled(bold=True, bg_color=_SECTION)
        self.number = ruled(align="center", font_color=_MUTED)
        self.text = ruled(text_wrap=True)
        self.centred = ruled(align="center", font_color=_MUTED)
        self.input = ruled(bg_color=_FILL, locked=False, align="center", num_format="0")
        self.decimal = ruled(bg_color=_FILL, locked=False, align="center", num_format="0.0#")
        self.past = ruled(align="center", italic=True, font_color=_MUTED)
