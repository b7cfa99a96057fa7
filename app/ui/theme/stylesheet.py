"""The style sheet over Fusion: bars, tabs, headers and buttons; the rest is the palette's work."""

from __future__ import annotations

from string import Template

from app.paths import resource
from app.ui.theme.colors import Theme

# Widgets take part by an object name or by the property «role», never by their class in a page.
_TEMPLATE = Template("""
QToolTip { color: $text; background: $raised; border: 1px solid $strong_border; padding: 4px; }
QMenuBar { background: $window; padding: 2px 8px 2px 0; }
QMenuBar::item { padding: 8px 8px; margin: 2px 0; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $selection; color: $on_selection; }
QStatusBar { background: $window; border-top: 1px solid $border; padding-left: 8px; }
QStatusBar::item { border: none; }

#topBar { background: $window; border-bottom: 1px solid $border; }
#filterBar { background: $window; }
QTabBar#tabs { background: transparent; qproperty-drawBase: 0; }
QTabBar#tabs::tab { background: transparent; color: $muted; padding: 0 12px; height: 40px;
             border: none; border-bottom: 3px solid transparent; }
QTabBar#tabs[tight="true"]::tab { padding: 0 6px; }
QTabBar#tabs::tab:hover { color: $text; }
QTabBar#tabs::tab:selected { color: $text; border-bottom: 3px solid $accent; }
QTabBar#tabs::tab:focus { color: $accent; }
QTabBar#tabs::tab:disabled { color: $disabled; }

QTableView, QTreeView, QListView {
    background: $base; alternate-background-color: $stripe; color: $text;
    border: 1px solid $border; gridline-color: $border;
    selection-background-color: $selection; selection-color: $on_selection; outline: none; }
QTableView::item { padding: 0 8px; border: none; }
QListView::item { padding: 1px 8px; border: none; }
QListView::item:selected { background: $selection; color: $on_selection; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid $accent; }
QHeaderView { background: $window; border: none; }
QHeaderView::section { background: $window; color: $muted; padding: 2px 8px 2px 11px; border: none;
    border-right: 1px solid $border; border-bottom: 1px solid $strong_border; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $window; border: none; }

QPushButton, QToolButton[role="button"] { background: $raised; color: $text;
    border: 1px solid $strong_border; border-radius: 4px; padding: 0 12px; min-height: 26px; }
QPushButton:hover, QToolButton[role="button"]:hover { border-color: $accent; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 1px solid $accent; outline: none; }
QPushButton:disabled { color: $disabled; border-color: $border; background: $window; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton::menu-indicator { image: url("$down"); width: 8px; height: 8px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 3px; }
QPushButton[menu="true"] { padding-right: 24px; }
QPushButton[menu="true"]::menu-indicator { width: 10px; height: 10px; right: 8px; }
QPushButton[role="primary"]::menu-indicator { image: url("$down_on_accent"); }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[role="flat"], QToolButton[role="flat"] { background: transparent; border: 1px solid
    transparent; border-radius: 4px; color: $accent; padding: 0 8px; min-height: 24px; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $selection;
    color: $on_selection; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border: 1px solid $accent; }
QPushButton[role="link"] { background: transparent; border: none; color: $accent; padding: 0;
    min-height: 20px; text-align: left; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }
QPushButton[role="flat"]:disabled { color: $disabled; }
QPushButton[role="view"] { background: transparent; border: 1px solid transparent; color: $muted;
    padding: 0 10px; }
QPushButton[role="view"]:hover { color: $text; }
QPushButton[role="view"]:checked { background: $selection; color: $on_selection; }
QPushButton[role="view"]:focus { border: 1px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $base; color: $text;
    border: 1px solid $strong_border; border-radius: 4px; padding: 0 8px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; background: $window; }

QComboBox { background: $raised; color: $text; border: 1px solid $strong_border; border-radius: 4px;
    padding: 0 4px 0 10px; min-height: 26px; combobox-popup: 1; }
QComboBox:editable { background: $base; padding: 0 4px 0 8px; }
QComboBox:hover { border-color: $accent; }
QComboBox:focus, QComboBox:on { border: 1px solid $accent; }
QComboBox:disabled { color: $disabled; border-color: $border; background: $window; }
QComboBox::drop-down { border: none; width: 22px; subcontrol-origin: border;
    subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; background: transparent;
    padding: 0; min-height: 0; }
QAbstractSpinBox { background: $base; color: $text; border: 1px solid $strong_border;
    border-radius: 4px; padding: 0 4px 0 8px; min-height: 26px; max-height: 26px;
    selection-background-color: $accent; selection-color: $on_accent; }
QAbstractSpinBox:hover { border-color: $accent; }
QAbstractSpinBox:focus { border: 1px solid $accent; }
QAbstractSpinBox:disabled { color: $disabled; border-color: $border; background: $window; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px;
    subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $selection; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 10px; height: 10px; }

QTabWidget::pane { border: 1px solid $border; background: $window; }
QTabWidget::tab-bar { left: 0; }
QTabWidget QTabBar::tab { background: transparent; color: $muted; padding: 0 12px; height: 30px;
    border: none; border-bottom: 2px solid transparent; }
QTabWidget QTabBar::tab:hover { color: $text; }
QTabWidget QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabWidget QTabBar::tab:focus { color: $accent; }
QTabWidget QTabBar::tab:disabled { color: $disabled; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $strong_border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px;
    border: 1px solid $strong_border; border-radius: 3px; background: $base; }
QCheckBox::indicator:hover, QAbstractItemView::indicator:hover, QCheckBox:focus::indicator {
    border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent;
    border-color: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { border-color: $border; background: $window; }
QCheckBox::indicator:checked:disabled { background: $disabled; }

QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $strong_border;
    border-radius: 8px; background: $base; }
QRadioButton::indicator:hover, QRadioButton:focus::indicator { border-color: $accent; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent;
    border-radius: 8px; background: $on_accent; }
QRadioButton::indicator:disabled { border-color: $border; background: $window; }

QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $selection; }
QProgressBar { border: 1px solid $border; border-radius: 3px; background: $base;
    text-align: center; max-height: 14px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
#panel { background: $base; border: 1px solid $border; }
#page { background: $window; }

QLabel[role="title"] { font-size: 15pt; font-weight: bold; }
QLabel[role="heading"] { font-weight: bold; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="warning"] { color: $warning; background: $warning_ground; border-radius: 4px;
    padding: 4px 8px; }
QLabel[role="note"] { color: $info; background: $info_ground; border-radius: 4px;
    padding: 4px 8px; }
QFrame[role="line"] { background: $border; max-height: 1px; min-height: 1px; border: none; }
""")


def text(theme: Theme) -> str:
    """Return the style sheet of ``theme``."""
    values = {k: v for k, v in theme._asdict().items() if isinstance(v, str)}
    for tone, (front, ground) in theme.tones.items():
        values[tone.value] = front
        values[f"{tone.value}_ground"] = ground
    # Fusion draws the box of a tick darker than its ground, which a dark ground hides.
    values["check"] = resource("icons", f"check-{theme.name}.svg").as_posix()
    # A frame of ours takes the arrows of the style away.
    for way in ("up", "down"):
        values[way] = resource("icons", f"arrow-{way}-{theme.name}.svg").as_posix()
    accented = resource("icons", f"arrow-down-accent-{theme.name}.svg")
    values["down_on_accent"] = accented.as_posix()
    return _TEMPLATE.substitute(values)
