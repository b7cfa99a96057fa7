"""The office's own sentences: every one can be changed, is checked, printed, and given back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind
from app.models.papers import OwnText
from app.services import settings
from app.services.changes import Topic
from app.services.documents import OrderRequest, PaperRequest, blocks, build_order, build_paper
from app.services.documents.language import NBSP
from app.services.documents.own_texts import (
    TextError,
    check_text,
    export_texts,
    import_texts,
    list_texts,
    own_texts,
    paper_sentence,
    paper_sentences,
    restore_text,
    save_text,
)
from app.services.documents.own_texts.catalogue import catalogue
from app.services.documents.own_texts.tags import TAG, for_people, for_program
from app.services.journal import next_undo, undo_last
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS
from tests.stored import MOMENT, add_result, add_school

PREAMBLE = "papers/order-curators/preamble"
TITLE = "order/title"


def text_of(content: blocks.Content) -> str:
    return "\n".join(piece.text for piece in blocks.texts(content)).replace(NBSP, " ")


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    """Store the requisites of an office."""
    settings.save_office(workspace, DETAILS)
    return workspace


def row_of(workspace: Workspace, key: str) -> str:
    return next(row.text for row in list_texts(workspace) if row.key == key)


def test_every_sentence_is_listed_with_russian_tags_that_lead_back() -> None:
    for key, shipped in catalogue().items():
        assert shipped.kind, key
        assert shipped.place, key
        shown = for_people(shipped.text, shipped.tags)
        for word in TAG.findall(shown):
            assert not any("a" <= sign <= "z" for sign in word), (key, word)
        assert for_program(shown, shipped.tags) == shipped.text


def test_words_of_tags_are_told_apart_inside_every_sentence() -> None:
    for key, shipped in catalogue().items():
        words = [tag.word for tag in shipped.tags.values()]
        assert len(set(words)) == len(words), (key, words)


def test_our_own_sentences_have_no_faults(workspace: Workspace) -> None:
    for row in list_texts(workspace):
        assert check_text(row.key, row.shipped) == (), row.key


def test_an_own_sentence_is_printed_and_undone(office: Workspace) -> None:
    changes = save_text(office, PREAMBLE, "Чтобы школам помогали весь {год} год")
    assert changes.topics == {Topic.OFFICE}
    request = PaperRequest("order-curators", 2026)
    assert "Чтобы школам помогали весь 2026 год" in text_of(build_paper(office, request).content)
    assert next_undo(office) == "текст документа: «Приказ о кураторах и координаторе», преамбула"
    undo_last(office)
    assert "помогали весь" not in text_of(build_paper(office, request).content)


def test_the_order_and_its_rule_take_own_sentences(office: Workspace) -> None:
    school = add_school(office, "Лукоморская СОШ")
    for subject in ("Русский язык", "Математика"):
        add_result(office, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    save_text(office, TITLE, "О перечне школ, которым поможет район")
    save_text(office, "rule/procedure", "Процедура – это работа по предмету в классе.")
    said = text_of(build_order(office, OrderRequest(2025)).content)
    assert "О перечне школ, которым поможет район" in said
    assert "Процедура – это работа по предмету в классе." in said


def test_a_key_of_a_tag_is_understood_as_well(office: Workspace) -> None:
    save_text(office, PREAMBLE, "На  {year}\nгод")
    assert row_of(office, PREAMBLE) == "На {год} год"


@pytest.mark.parametrize(
    ("text", "position", "told"),
    [
        ("Ради {гот} года", 6, "неизвестная метка {гот} – «Ради {гот} года». Возможно, {год}."),
        ("Ради {хтонь}", 6, "Здесь бывают: {год}"),
        ("Ради {год года", 6, "скобка «{» без пары"),
        ("Ради год} и {ещё", 9, "скобка «}» без пары"),
        ("", 1, "Текст пуст"),
        ("Ра\u0007ди", 3, "непечатаемый знак (U+0007)"),
        ("Ы" * 3001, 3000, "длиннее 3000"),
        ("{year.__class__}", 1, "неизвестная метка"),
    ],
    ids=["мимо", "чужая", "открыта", "закрыта", "пусто", "знак", "длина", "выражение"],
)
def test_a_wrong_sentence_is_refused_with_its_place(
    office: Workspace, text: str, position: int, told: str
) -> None:
    save_text(office, PREAMBLE, "Прежний текст {год}")
    with pytest.raises(TextError) as caught:
        save_text(office, PREAMBLE, text)
    assert caught.value.faults[0].position == position
    assert told in str(caught.value)
    assert row_of(office, PREAMBLE) == "Прежний текст {год}"


def test_ours_is_given_back(office: Workspace) -> None:
    ours = row_of(office, PREAMBLE)
    save_text(office, PREAMBLE, "Иначе")
    assert [row.key for row in own_texts(office)] == [PREAMBLE]
    restore_text(office, PREAMBLE)
    assert row_of(office, PREAMBLE) == ours
    assert restore_text(office, PREAMBLE).topics == frozenset()
    undo_last(office)
    assert row_of(office, PREAMBLE) == "Иначе"


def test_writing_ours_again_is_no_own_text(office: Workspace) -> None:
    ours = row_of(office, PREAMBLE)
    save_text(office, PREAMBLE, "Иначе")
    save_text(office, PREAMBLE, ours)
    assert own_texts(office) == ()


def test_a_sentence_that_is_gone_is_shown_and_can_be_dropped(office: Workspace) -> None:
    with office.database.write() as session:
        session.add(OwnText(key="papers/old/title", text="Старое", changed_at=MOMENT))
    last = list_texts(office)[-1]
    assert (last.kind, last.text) == ("Больше не используется", "Старое")
    restore_text(office, "papers/old/title")
    assert list_texts(office)[-1].shipped


def test_sentences_go_to_another_database(office: Workspace, tmp_path: Path) -> None:
    save_text(office, PREAMBLE, "Иначе {год}")
    save_text(office, TITLE, "Об ином")
    file = tmp_path / "тексты.json"
    assert export_texts(office, file) == 2
    undo_last(office)
    undo_last(office)
    assert own_texts(office) == ()
    count, changes = import_texts(office, file)
    assert (count, changes.topics) == (2, {Topic.OFFICE})
    assert [row.own for row in own_texts(office)] == ["Об ином", "Иначе {год}"]
    undo_last(office)
    assert own_texts(office) == ()


def test_nothing_of_a_file_with_one_wrong_sentence_is_taken(
    office: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "тексты.json"
    texts = [{"ключ": TITLE, "текст": "Годный"}, {"ключ": PREAMBLE, "текст": "{вздор}"}]
    file.write_text(json.dumps({"вид": "опора-тексты-1", "тексты": texts}), encoding="utf-8")
    with pytest.raises(TextError, match="«Приказ о кураторах и координаторе», преамбула: Знак 1"):
        import_texts(office, file)
    assert own_texts(office) == ()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "не файл",
        '{"вид": "опора-тексты-1", "тексты": []}',
        '{"вид": "опора-тексты-1", "тексты": [7]}',
        '{"вид": "опора-тексты-1", "тексты": [{"ключ": "order/title"}]}',
        '{"вид": "опора-тексты-1", "тексты": [{"ключ": "нет/такого", "текст": "а"}]}',
        "[" * 100_000,
    ],
    ids=list("абвгдежзи"),
)
def test_a_foreign_file_is_refused(office: Workspace, tmp_path: Path, body: str) -> None:
    file = tmp_path / "чужой.json"
    file.write_text(body, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        import_texts(office, file)
    assert caught.value.hint
    assert own_texts(office) == ()


def test_without_own_texts_there_is_nothing_to_carry(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="выгружать нечего"):
        export_texts(office, tmp_path / "тексты.json")
    assert not (tmp_path / "тексты.json").exists()
    with pytest.raises(UserError, match="не читается"):
        import_texts(office, tmp_path / "нет.json")


def test_an_office_may_write_how_many_schools_are_listed(office: Workspace) -> None:
    school = add_school(office, "Лукоморская СОШ")
    for subject in ("Русский язык", "Математика"):
        add_result(office, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    save_text(office, "order/point_list", "Утвердить перечень в количестве {количество}.")
    said = text_of(build_order(office, OrderRequest(2025)).content)
    assert "в количестве 1 (одной) организации." in said


def test_every_sentence_says_in_words_where_it_stands() -> None:
    places: dict[str, list[str]] = {}
    for key, shipped in catalogue().items():
        assert not shipped.place.startswith("предложение"), key
        assert "__" not in shipped.text, key  # what is written by hand is no sentence to word
        places.setdefault(key.split("/")[0], []).append(shipped.place)
    for file, listed in places.items():
        assert file == "papers" or len(set(listed)) == len(listed), file


def test_the_order_has_the_sentences_of_its_rule_too(office: Workspace) -> None:
    rows = {row.key: row for row in paper_sentences(office, "order")}
    assert rows["title"].shipped.startswith("Об утверждении перечня")
    assert rows["rule/procedure"].place == "что такое процедура"
    assert paper_sentence("order", "rule/minimum", "Не менее {число обучающихся}.") == (
        "Не менее {pupils}."
    )
    assert not any(key.startswith(("papers/", "order/")) for key in rows)
