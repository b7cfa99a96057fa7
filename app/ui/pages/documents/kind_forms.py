"""Forms of papers that are described by data, and of the programme: fields as the kind asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import (
    SENTENCE,
    Choice,
    Choices,
    Field,
    FieldKind,
    Form,
    Need,
    PaperRequest,
    PaperSpec,
    ProgrammeRequest,
    Typed,
)
from app.ui.pages.documents.typed import held, put_texts, texts_of
from app.ui.pages.documents.wording_button import WordingButton
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.text import label

_SETTLE_MS = 400
"""The preview follows when the person stops typing."""
_LINES_HEIGHT = 76
_UNLISTED = Choice(0, "документ не из реестра")
_NAMED = "document"
"""The field that names a paper which the register has not."""


class ChoiceBox(QComboBox):
    """A list of schools or programmes; the chosen one survives a new list."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        # A long title must not push the panel wider.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._picked = False
        self.activated.connect(self._on_activated)

    def offer(self, listed: Sequence[Choice]) -> None:
        """Show these choices."""
        before = self.chosen()
        self.blockSignals(True)
        self.clear()
        for one in listed:
            self.addItem(one.title, one.id)
        place = self.findData(before)
        self._picked = self._picked and place >= 0
        self.setCurrentIndex(max(place, 0) if listed else -1)
        self.blockSignals(False)

    def choose(self, wanted: int | None) -> None:
        """Show that choice, where it is one."""
        place = self.findData(wanted)
        if place >= 0:
            self.setCurrentIndex(place)
            self._picked = True

    def choose_first(self) -> None:
        """Show what is offered first, as nobody has chosen anything."""
        self.setCurrentIndex(0 if self.count() else -1)
        self._picked = False

    def picked(self) -> int | None:
        """Return the id that somebody has chosen; None where it only was the first."""
        return self.chosen() if self._picked else None

    def _on_activated(self, _index: int) -> None:
        self._picked = True

    def chosen(self) -> int | None:
        """Return the id of the choice; None where there is nothing to choose."""
        found = self.currentData()
        return int(found) if found is not None else None


class PersonFields(QWidget):
    """Name and post of somebody, as one text «должность; фамилия имя отчество»."""

    changed = Signal()

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.name = _line(title, hint)
        self.post = _line(f"{title}, должность", "должность")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(self.name)
        column.addWidget(self.post)
        self.name.textChanged.connect(self._on_text)
        self.post.textChanged.connect(self._on_text)

    def text(self) -> str:
        """Return both in one text; empty without a name."""
        name, post = self.name.text().strip(), self.post.text().strip()
        return f"{post}; {name}" if name and post else name

    def set_text(self, text: str) -> None:
        """Show «должность; фамилия имя отчество»."""
        post, _, name = (part.strip() for part in text.rpartition(";"))
        self.post.setText(post)
        self.name.setText(name)

    def _on_text(self, _text: str) -> None:
        self.changed.emit()


class _SettlingForm(QWidget):
    """A form whose ``changed`` comes when the person stops changing something."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        self._rows = QFormLayout()
        self._rows.setHorizontalSpacing(MARGIN)
        self._rows.setVerticalSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(title, "heading", wrap=True))
        column.addLayout(self._rows)
        column.addStretch(1)

    def calm(self) -> None:
        """Forget that something was typed a moment ago; what was typed stays in its field."""
        self._settle.stop()

    def hurry(self) -> None:
        """What was typed a moment ago counts now: ``changed`` comes at once."""
        if self._settle.isActive():
            self._settle.stop()
            self.changed.emit()

    def _changed_soon(self, *_anything: object) -> None:
        self._settle.start()

    def _add_choice(self, title: str) -> ChoiceBox:
        box = ChoiceBox(title)
        box.currentIndexChanged.connect(self._changed_soon)
        self._rows.addRow(title, box)
        return box


class PaperForm(_SettlingForm):
    """The fields of one kind of paper; every one may stay empty for now."""

    def __init__(self, spec: PaperSpec) -> None:
        super().__init__(spec.name)
        self._spec = spec
        self.programme = self._add_choice("Программа") if Need.PROGRAMME in spec.needs else None
        self.school = self._add_choice("Школа") if Need.SCHOOL in spec.needs else None
        self.document = (
            self._add_choice("Меняется документ") if Need.DOCUMENT in spec.needs else None
        )
        self.number = _line("Номер", "появится прочерк")
        self.day = DateField("Дата")
        if spec.form is not Form.REPORT:
            self._rows.addRow("Номер", self.number)
            self._rows.addRow("Дата", self.day)
            self.number.textChanged.connect(self._changed_soon)
            self.day.textChanged.connect(self._changed_soon)
        self.fields: dict[str, QWidget] = {one.key: self._add_field(one) for one in spec.fields}
        self._profile: str | None = None
        """The standard of a paper that was taken; the form has no field for it."""
        self._written: Typed = {}
        """What the fields held when the paper was entered into the register."""
        self.wording = WordingButton()
        self._rows.addRow("", self.wording)
        if self.document is not None:
            self.document.currentIndexChanged.connect(self._on_document)
            self.offer_signed(())

    @property
    def kind(self) -> str:
        """The key of the kind of paper."""
        return self._spec.key

    def word(self, sentences: Mapping[str, str]) -> None:
        """Let the paper say these sentences in its own way."""
        self.wording.word(sentences)
        self.changed.emit()

    def turn_to(self, year: int) -> None:
        """The paper of that year is meant, with what was written for it alone."""
        self.wording.turn_to((year, _chosen(self.programme), _chosen(self.school)))

    def written(self, request: PaperRequest) -> None:
        """That paper is in the register: its own sentences are not those of the next one."""
        same = self.request(request.year) == request
        paper = (request.year, request.programme_id, request.school_id)
        self.wording.forget(paper, _own_sentences(request))
        self._profile = None
        self._written = self.typed() if same else {}

    def offer(self, listed: Choices) -> None:
        """Show what there is to choose from."""
        if self.programme is not None:
            self.programme.offer(listed.programmes)
        if self.school is not None:
            self.school.offer(listed.schools)

    def offer_signed(self, listed: Sequence[Choice]) -> None:
        """Show the papers of the register that may be changed; another one is named by hand."""
        if self.document is not None:
            self.document.offer((_UNLISTED, *listed))
            self._on_document()

    def is_touched(self) -> bool:
        """Whether something is written here that taking another paper would replace."""
        return bool(self.typed())

    def typed(self) -> Typed:
        """Return what the form holds, as JSON; empty where nobody has written anything."""
        chosen = {name: box.picked() for name, box in self._choices().items()}
        return held(
            texts=texts_of(self._lines()),
            chosen={name: one for name, one in chosen.items() if one is not None},
            sentences=self.wording.held(),
            profile=self._profile,
        )

    def unfinished(self) -> Typed:
        """Return what is typed and not in the register yet."""
        typed = self.typed()
        return {} if typed == self._written else typed

    def put_typed(self, typed: Typed) -> None:
        """Hold what ``typed`` returned, and nothing else; ``changed`` is for the one who asked."""
        chosen = typed.get("chosen", {})
        for name, box in self._choices().items():
            box.choose_first()
            if name in chosen:
                box.choose(chosen[name])
        put_texts(self._lines(), typed.get("texts", {}))
        self.wording.put_held(typed.get("sentences", ()))
        self._profile = typed.get("profile")
        self.calm()

    def take(self, request: PaperRequest) -> None:
        """Show what a request says; ``changed`` is for the one who asked."""
        wanted = {
            "programme": request.programme_id,
            "school": request.school_id,
            "document": request.amends or _UNLISTED.id,
        }
        for name, box in self._choices().items():
            box.choose(wanted[name])
        self.number.setText(request.number)
        self.day.set_value(request.date)
        for key, field in self.fields.items():
            _write(field, request.values.get(key, ""))
        self.turn_to(request.year)
        self.wording.word(_own_sentences(request))
        self._profile = request.profile
        self.calm()

    def request(self, year: int) -> PaperRequest:
        """Return what the fields say; a date that is not one counts as empty."""
        self.turn_to(year)
        return PaperRequest(
            kind=self._spec.key,
            year=year,
            programme_id=_chosen(self.programme),
            school_id=_chosen(self.school),
            number=self.number.text().strip(),
            date=self.day.value(),
            values={
                **{key: _text(field) for key, field in self.fields.items()},
                **{f"{SENTENCE}{name}": text for name, text in self.wording.sentences().items()},
            },
            profile=self._profile,
            amends=_chosen(self.document) or None,
        )

    def _choices(self) -> Mapping[str, ChoiceBox]:
        boxes = (
            ("programme", self.programme),
            ("school", self.school),
            ("document", self.document),
        )
        return {name: box for name, box in boxes if box is not None}

    def _lines(self) -> Mapping[str, QWidget]:
        """Return every field that is typed into; a person has two."""
        lines: dict[str, QWidget] = {"number": self.number, "day": self.day}
        for key, field in self.fields.items():
            if isinstance(field, PersonFields):
                lines |= {f"field.{key}.name": field.name, f"field.{key}.post": field.post}
            else:
                lines[f"field.{key}"] = field
        return lines

    def _on_document(self, *_index: object) -> None:
        """A paper of the register is named by itself; what was written for another one waits."""
        self.fields[_NAMED].setEnabled(not _chosen(self.document))

    def _add_field(self, field: Field) -> QWidget:
        title = field.title[:1].upper() + field.title[1:]
        made = _field_widget(field, title)
        match made:
            case PersonFields():
                made.changed.connect(self._changed_soon)
            case QPlainTextEdit():
                made.textChanged.connect(self._changed_soon)
            case QLineEdit():
                made.textChanged.connect(self._changed_soon)
        shown = label(title, wrap=True)
        shown.setBuddy(made)
        self._rows.addRow(shown, made)
        return made


class ProgrammeForm(_SettlingForm):
    """Which programme is printed."""

    kind = "programme"

    def __init__(self) -> None:
        super().__init__("Муниципальная программа")
        self.programme = self._add_choice("Программа")
        self.build = QPushButton("Собрать по блокам…")
        self.build.setToolTip("Структура, тексты, порядок блоков и проверка программы")
        self._rows.addRow("", self.build)

    def offer(self, listed: Choices) -> None:
        """Show what there is to choose from."""
        self.programme.offer(listed.programmes)

    def request(self, _year: int) -> ProgrammeRequest | None:
        """Return the chosen programme; None where the database has none."""
        chosen = self.programme.chosen()
        return None if chosen is None else ProgrammeRequest(chosen)


def _field_widget(field: Field, title: str) -> QWidget:
    hint = field.empty.hint if field.empty else ""
    match field.kind:
        case FieldKind.PERSON:
            return PersonFields(title, hint or "фамилия, имя, отчество")
        case FieldKind.DATE:
            return DateField(title)
        case FieldKind.LINES:
            lines = QPlainTextEdit()
            lines.setAccessibleName(title)
            lines.setPlaceholderText("каждый пункт с новой строки")
            lines.setTabChangesFocus(True)
            lines.setFixedHeight(_LINES_HEIGHT)
            return lines
        case FieldKind.TEXT:
            return _line(title, hint)


def _own_sentences(request: PaperRequest) -> Mapping[str, str]:
    """Return what a paper says in its own way, by the name of the sentence."""
    return {
        name.removeprefix(SENTENCE): text
        for name, text in request.values.items()
        if name.startswith(SENTENCE)
    }


def _write(field: QWidget, text: str) -> None:
    """Show a text as requests carry it."""
    match field:
        case PersonFields():
            field.set_text(text)
        case DateField():
            field.set_value(date.fromisoformat(text) if text else None)
        case QPlainTextEdit():
            field.setPlainText(text)
        case QLineEdit():
            field.setText(text)


def _chosen(box: ChoiceBox | None) -> int | None:
    return box.chosen() if box is not None else None


def _text(field: QWidget) -> str:
    """Return the text of a field as requests carry it."""
    match field:
        case PersonFields():
            return field.text()
        case DateField():
            day = field.value()
            return day.isoformat() if day else ""
        case QPlainTextEdit():
            return field.toPlainText().strip()
        case QLineEdit():
            return field.text().strip()
    raise TypeError(f"no field of a paper: {field!r}")


def _line(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made
