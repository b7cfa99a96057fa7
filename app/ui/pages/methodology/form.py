"""The switches of a methodology: shows a rule set and gives back the edited one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.models.enums import AssessmentKind
from app.services.methodology import (
    BiasPolicy,
    IsbCutoff,
    IsbSource,
    Join,
    RiskZoneRule,
    RuleSet,
    SocialRule,
    YearsBack,
    edited,
    new_faults,
)
from app.ui.office_words import said
from app.ui.pages.methodology.exact_number import Cutoff, ExactNumber
from app.ui.theme.metrics import GAP, MARGIN

_OFF = "выключено"
_MANY = 1_000_000
"""As much as a file may say: what a field has no room for would be changed by looking at it."""
_SAME = {True: "в той же процедуре", False: "в любой процедуре"}


class RulesForm(QWidget):
    """Tells of every change; ``rules`` is what the switches say now."""

    changed = Signal()

    def __init__(self, year: int) -> None:
        super().__init__()
        self._year = year
        self._shown: RuleSet | None = None
        self._build()
        self._connect()

    def show_rules(self, rules: RuleSet) -> None:
        """Show another rule set without telling of changes."""
        self._shown = rules
        with QSignalBlocker(self):
            self._fill_results(rules)
            self._fill_social(rules.social)

    def rules(self) -> RuleSet:
        """Return the shown rule set with what was changed; sources of changes are the office's."""
        if self._shown is None:
            raise RuntimeError("the form is asked before it shows anything")
        a, b, least = self.rule_a.value(), self.rule_b.value(), self.least.value()
        return edited(
            self._shown,
            threshold_percent=self.threshold.exact(),
            rule_a_procedures=a or None,
            rule_b_years=b if b > 1 else None,
            rule_b_same=self.same.currentIndex() == 0,
            rule_b_years_back=YearsBack(self.back.currentText()),
            join=Join(self.join.currentText()),
            min_participants=least,
            small_sample=self.small.value(),
            borderline_points=self.borderline.exact(),
            counted=tuple(item for item in self._known if self.kinds[item.kind].isChecked()),
            bias_policy=BiasPolicy(self.bias.currentText()),
            risk_zone=RiskZoneRule(
                self.one_low.isChecked(),
                self.near.exact() or None,
                self.growth.exact() or None,
            ),
            social=self._social(self._shown.social),
        )

    def offer_kinds(self, kinds: Collection[AssessmentKind]) -> None:
        """Let only these kinds be switched; one that is new is switched on."""
        for kind, box in self.kinds.items():
            if box.isEnabled() != (kind in kinds):
                box.setEnabled(kind in kinds)
                box.setChecked(kind in kinds)

    def problem(self) -> str:
        """Return why the switches make no methodology, or an empty text."""
        rules = self.rules()
        near = rules.risk_zone.near_from_percent
        if not rules.counted:
            return "Отметьте хотя бы одну оценочную процедуру."
        if rules.rule_a_procedures is None and rules.rule_b_years is None:
            return "Выключены оба правила, «А» и «Б»: нужно хотя бы одно."
        if near is not None and near >= rules.threshold_percent:
            return "Зона риска должна начинаться ниже порога низкого результата."
        if self.cutoff.is_set() and not self.cutoff_source.text().strip():
            return "Укажите, чем установлена граница ИСБ: приказ, письмо, дата."
        shown = [] if self._shown is None else [self._shown]
        return next((fault.text for fault in new_faults(rules, shown)), "")

    def _build(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(GAP, GAP, MARGIN, GAP)
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        self._build_results(form)
        self._build_risk(form)
        self._build_social(form)

    def _build_results(self, form: QFormLayout) -> None:
        self.kinds = {kind: QCheckBox(kind.value) for kind in AssessmentKind}
        self.threshold = _percent(0.1)
        self.rule_a = _whole(0, _MANY, _OFF)
        self.rule_b = _whole(1, 10, _OFF)
        self.rule_b.setAccessibleName("Правило Б: лет подряд")
        self.join = _choice(Join)
        self.same = QComboBox()
        self.same.addItems(list(_SAME.values()))
        self.same.setAccessibleName("Правило Б: в какой процедуре")
        self.back = _choice(YearsBack)
        self.least = _whole(0, _MANY, "не ограничено")
        self.small = _whole(0, _MANY, "не предупреждать")
        self.borderline = ExactNumber(0, 100, 2, _OFF)
        self.bias = _choice(BiasPolicy)
        form.addRow("Учитываются", _row(*self.kinds.values()))
        form.addRow("Порог низкого результата, %", self.threshold)
        form.addRow("А: низких процедур за год", self.rule_a)
        form.addRow("Б: лет подряд", _row(self.rule_b, self.same))
        form.addRow("Как считать годы", self.back)
        form.addRow("Между правилами А и Б", self.join)
        form.addRow("Наименьшее число участников", self.least)
        form.addRow("Малая выборка: участников менее", self.small)
        form.addRow("Пограничное: ближе к порогу, п. п.", self.borderline)
        form.addRow("ВПР из списка необъективности", self.bias)

    def _build_risk(self, form: QFormLayout) -> None:
        self.one_low = QCheckBox("одна низкая процедура")
        self.near = _percent(0, _OFF)
        self.growth = _percent(0, _OFF)
        form.addRow("Зона риска", self.one_low)
        form.addRow("Близко к порогу, от %", self.near)
        form.addRow("Рост доли «2», п. п.", self.growth)

    def _build_social(self, form: QFormLayout) -> None:
        self.isb_source = _choice(IsbSource)
        self.cutoff = Cutoff()
        self.cutoff_source = QLineEdit()
        self.cutoff_source.setPlaceholderText("приказ региона, дата и номер")
        self.deficits = _whole(0, 3, "не требуется")
        self.quartile = _whole(3, _MANY, _OFF)
        self.resilient = QCheckBox(said("отмечать ШНСУ с результатами не ниже медианы"))
        form.addRow("ИСБ", self.isb_source)
        form.addRow(f"Граница ИСБ на {self._year} год", self.cutoff)
        form.addRow("Чем установлена", self.cutoff_source)
        form.addRow("Дефицитов ресурсов, не меньше", self.deficits)
        form.addRow("Квартиль района, от скольких школ", self.quartile)
        form.addRow("Резильентные школы", self.resilient)
        for place in range(form.rowCount()):
            self._name(form, place)

    def _name(self, form: QFormLayout, place: int) -> None:
        """Give the field its label as the name that a screen reader says."""
        title = form.itemAt(place, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(place, QFormLayout.ItemRole.FieldRole)
        if title is None or field is None:
            return
        text, widget = title.widget(), field.widget()
        if text is not None and widget is not None:
            widget.setAccessibleName(text.property("text"))

    def _connect(self) -> None:
        for box in (*self.kinds.values(), self.one_low, self.resilient):
            box.toggled.connect(self._on_change)
        for whole in (
            self.rule_a,
            self.rule_b,
            self.least,
            self.deficits,
            self.quartile,
            self.small,
        ):
            whole.valueChanged.connect(self._on_change)
        for number in (self.threshold, self.near, self.growth, self.cutoff, self.borderline):
            number.valueChanged.connect(self._on_change)
            number.typed.connect(self._on_change)
        for choice in (self.join, self.same, self.back, self.bias, self.isb_source):
            choice.currentIndexChanged.connect(self._on_change)
        self.cutoff_source.textChanged.connect(self._on_change)

    def _on_change(self, *_value: object) -> None:
        self.changed.emit()

    def _fill_results(self, rules: RuleSet) -> None:
        self._known = rules.counted
        there = {item.kind for item in rules.counted}
        for kind, box in self.kinds.items():
            box.setEnabled(kind in there)
            box.setChecked(kind in there)
        self.threshold.show_exact(rules.threshold_percent)
        self.rule_a.setValue(rules.rule_a_procedures or 0)
        self.rule_b.setValue(rules.rule_b_years or 1)
        self.same.setCurrentIndex(0 if rules.rule_b_same else 1)
        self.back.setCurrentText(rules.rule_b_years_back.value)
        self.join.setCurrentText(rules.join.value)
        self.least.setValue(rules.min_participants)
        self.small.setValue(rules.small_sample)
        self.borderline.show_exact(rules.borderline_points)
        self.bias.setCurrentText(rules.bias_policy.value)
        self.one_low.setChecked(rules.risk_zone.one_low_procedure)
        self.near.show_exact(rules.risk_zone.near_from_percent)
        self.growth.show_exact(rules.risk_zone.growth_points)

    def _fill_social(self, social: SocialRule | None) -> None:
        fields = (
            self.isb_source,
            self.cutoff,
            self.cutoff_source,
            self.deficits,
            self.quartile,
            self.resilient,
        )
        for field in fields:
            field.setEnabled(social is not None)
        if social is None:
            return
        given = self._given(social)
        self.isb_source.setCurrentText(social.isb_source.value)
        self.cutoff.show_exact(given.value if given else None)
        self.cutoff_source.setText(given.source if given else "")
        self.deficits.setValue(social.deficits_needed)
        self.resilient.setChecked(social.resilient)
        self.quartile.setValue(social.quartile_from_schools or self.quartile.minimum())

    def _social(self, social: SocialRule | None) -> SocialRule | None:
        if social is None:
            return None
        least = self.quartile.value()
        return replace(
            social,
            isb_source=IsbSource(self.isb_source.currentText()),
            cutoffs=self._cutoffs(social),
            deficits_needed=self.deficits.value(),
            resilient=self.resilient.isChecked(),
            quartile_from_schools=least if least > self.quartile.minimum() else None,
        )

    def _cutoffs(self, social: SocialRule) -> tuple[IsbCutoff, ...]:
        others = [item for item in social.cutoffs if item.year != self._year]
        if self.cutoff.is_set():
            given, source = self._given(social), self.cutoff_source.text().strip()
            value = self.cutoff.exact()
            untouched = given is not None and (value, source) == (given.value, given.source)
            # Another figure or source is the office's word; what is not touched keeps its doubt.
            sure = given.confirmed if given and untouched else bool(source)
            others.append(IsbCutoff(self._year, value, source, sure))
        return tuple(sorted(others, key=lambda item: item.year))

    def _given(self, social: SocialRule) -> IsbCutoff | None:
        return next((item for item in social.cutoffs if item.year == self._year), None)


def _percent(least: float, special: str = "") -> ExactNumber:
    return ExactNumber(least, 100, 1, special)


def _whole(least: int, most: int, special: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSpecialValueText(special)
    return field


def _choice(words: type[StrEnum]) -> QComboBox:
    field = QComboBox()
    field.addItems([word.value for word in words])
    return field


def _row(*fields: Any) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for field in fields:
        row.addWidget(field)
    row.addStretch()
    return box
