"""The model of the ИСБ: weights, directions, how much of it must be known."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.services.decimals import plain
from app.services.methodology import IsbIndicator, IsbModel, SocialRule
from app.ui.numbers import tenths
from app.ui.office_words import said
from app.ui.pages.methodology.exact_number import ExactNumber
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.edit_table import EditTable, Field
from app.ui.widgets.text import label

_DIRECTIONS = {True: "хуже", False: "лучше"}
_FIELDS = (
    Field("Показатель", 170, fixed=True),
    Field("Вес", 54, hint="Не меньше нуля; ноль выключает показатель"),
    Field("Доля\nвеса, %", 72, fixed=True, hint="Какую часть ИСБ даёт показатель"),
    Field("Чем больше,\nтем", 100, choices=tuple(_DIRECTIONS.values())),
    Field("Источник", 96),
    Field("Под-\nтверждён", 84, flag=True),
)
_WEIGHT, _PART = 1, 2
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,6})?")


class IsbTab(QWidget):
    """Edits the model in place; the share of each weight follows at once."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: IsbModel | None = None
        self._build()
        self.table.changed.connect(self._on_change)
        self.enough.valueChanged.connect(self._on_change)
        self.enough.typed.connect(self._on_change)

    def _build(self) -> None:
        self.note = label("", "muted", wrap=True)
        self.enough = ExactNumber(0, 100, 0)
        self.enough.setSuffix(" %")
        self.enough.setAccessibleName("Сколько веса должно быть известно")
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.addRow("Считать ИСБ, если известно веса не меньше", self.enough)
        self.table = EditTable("Показатели ИСБ", _FIELDS, grows=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.note)
        column.addLayout(form)
        column.addWidget(self.table, 1)

    def show_social(self, social: SocialRule | None) -> None:
        """Show another model; without a social part there is nothing to weigh."""
        self._shown = social.model if social else None
        self.setEnabled(social is not None)
        if self._shown is None:
            self.note.setText(said("Эта методика не решает о ШНСУ: модель ИСБ ей не нужна."))
            self.table.show_rows(())
            return
        self.note.setText(
            f"{self._shown.title}. Весов официально нет: это настройка с источником. Действует за "
            "тот год, к которому применена методика; прошлые годы остаются при своих весах."
        )
        with QSignalBlocker(self):
            self.enough.show_exact(self._shown.enough_percent)
            self.table.show_rows([_row(item) for item in self._shown.indicators])
            self._show_parts()

    def model(self) -> IsbModel | None:
        """Return the model as it is written now; a changed one is a new version."""
        if self._shown is None:
            return None
        rows = zip(self._shown.indicators, self.table.rows(), strict=True)
        indicators = tuple(_read(item, row) for item, row in rows)
        enough = self.enough.exact()
        if indicators == self._shown.indicators and enough == self._shown.enough_percent:
            return self._shown
        version = self._shown.version + 1
        return replace(self._shown, indicators=indicators, enough_percent=enough, version=version)

    def problem(self) -> str:
        """Return what is wrong with a weight, or an empty text."""
        if self._shown is None:
            return ""
        for item, row in zip(self._shown.indicators, self.table.rows(), strict=True):
            weight = _weight(str(row[_WEIGHT]))
            if weight is None:
                return f"ИСБ, «{item.title}»: вес «{row[_WEIGHT]}» – не число."
            if weight < 0:
                return f"ИСБ, «{item.title}»: вес не может быть меньше нуля."
            if not str(row[4]):
                return f"ИСБ, «{item.title}»: укажите источник веса."
        if not any(_weight(str(row[_WEIGHT])) for row in self.table.rows()):
            return "ИСБ: сумма весов равна нулю."
        return ""

    def _on_change(self, *_value: object) -> None:
        with QSignalBlocker(self):
            self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        weights = [_weight(str(row[_WEIGHT])) or Decimal() for row in self.table.rows()]
        whole = sum(weights, Decimal())
        with QSignalBlocker(self.table.table):
            for number, weight in enumerate(weights):
                part = tenths(float(100 * weight / whole)) if whole > 0 else ""
                self.table.write(number, _PART, part)


def _row(item: IsbIndicator) -> tuple[str | bool, ...]:
    return (
        item.title,
        plain(item.weight),
        "",
        _DIRECTIONS[item.adverse],
        item.source,
        item.confirmed,
    )


def _read(item: IsbIndicator, row: tuple[str | bool, ...]) -> IsbIndicator:
    weight = _weight(str(row[_WEIGHT]))
    return replace(
        item,
        weight=item.weight if weight is None else weight,
        adverse=row[3] == _DIRECTIONS[True],
        source=str(row[4]),
        confirmed=bool(row[5]),
    )


def _weight(text: str) -> Decimal | None:
    """Return a number as people write it: no powers of ten, six decimals at the most."""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
