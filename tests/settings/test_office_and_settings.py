"""Requisites of the office, declared settings, and taking the last action back."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from app.errors import UserError
from app.models.database import Database
from app.models.imports import ImportBatch
from app.models.office import JournalEntry, Office
from app.models.office import Setting as StoredSetting
from app.services import settings
from app.services.changes import ChangeSet, Topic
from app.services.journal import Action, next_undo, undo_last
from app.services.settings import OfficeDetails, OfficeError, Setting
from app.services.workspace import Workspace

DETAILS = OfficeDetails(
    full_name="Управление образования администрации Речного района",
    short_name="Управление образования",
    place="с. Речное",
    head_post="Начальник",
    head_name="Образцова Анна Петровна",
    executor_name="Примерова Мария Ивановна",
    executor_phone="8 (00000) 2-00-01",
)


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    """Return a small picture of the given format."""
    stream = BytesIO()
    Image.new("RGB", size, "white").save(stream, kind)
    return stream.getvalue()


def test_an_office_is_unknown_before_the_first_form(workspace: Workspace) -> None:
    assert settings.office(workspace) is None


def test_an_office_is_stored_and_read_back(workspace: Workspace) -> None:
    details = replace(DETAILS, emblem=picture("PNG"))
    assert settings.save_office(workspace, details) == ChangeSet.of(Topic.OFFICE)
    assert settings.office(workspace) == details
    changed = replace(details, place="г. Речной", emblem=picture("JPEG"))
    settings.save_office(workspace, changed)
    assert settings.office(workspace) == changed


def test_saving_the_same_again_changes_nothing(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    assert settings.save_office(workspace, DETAILS) == ChangeSet()
    with workspace.database.read() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == 1


def test_spaces_are_tidied(workspace: Workspace) -> None:
    settings.save_office(workspace, replace(DETAILS, place="  с.  Речное \n"))
    stored = settings.office(workspace)
    assert stored is not None
    assert stored.place == "с. Речное"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("full_name", " ", "Укажите полное наименование учреждения."),
        ("head_name", "", "Укажите фамилию, имя и отчество руководителя."),
        ("head_name", "Образцова А. П.", "полностью, без инициалов: «Образцова А. П.»"),
        ("head_name", "Образцова", "полностью, без инициалов"),
        ("executor_name", "Иванова3 Мария", "отчество исполнителя полностью"),
        ("executor_phone", "доб. 12", "слишком мало цифр"),
        ("place", "с" * 201, "не более 200 знаков"),
        ("emblem", b"GIF89a", "PNG или JPEG"),
        ("emblem", b"\0" * (settings.EMBLEM_BYTES + 1), "больше 1 МБ"),
    ],
)
def test_wrong_requisites_name_their_field(
    workspace: Workspace, field: str, value: object, sentence: str
) -> None:
    with pytest.raises(OfficeError) as caught:
        settings.save_office(workspace, replace(DETAILS, **{field: value}))
    assert list(caught.value.problems) == [field]
    assert sentence in caught.value.problems[field]
    assert settings.office(workspace) is None


def test_two_word_and_hyphenated_names_are_full(workspace: Workspace) -> None:
    settings.save_office(workspace, replace(DETAILS, head_name="Салтыков-Щедрин Абай"))
    stored = settings.office(workspace)
    assert stored is not None
    assert stored.head_name == "Салтыков-Щедрин Абай"


def _bomb(side: int) -> bytes:
    """Return a PNG of two hundred bytes that claims ``side`` × ``side`` pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG", (90, 90))[:60],
        picture("JPEG")[:200],
        picture("GIF"),
        _bomb(8),
        _bomb(5_000),
        _bomb(11_000),
        _bomb(30_000),
        b"",
    ],
    ids=["cut png", "cut jpeg", "gif", "no pixels", "wide", "bomb", "huge bomb", "empty"],
)
def test_a_broken_or_huge_emblem_is_refused(workspace: Workspace, data: bytes) -> None:
    with pytest.raises(OfficeError, match="ерб"):
        settings.save_office(workspace, replace(DETAILS, emblem=data))


def test_undo_takes_back_one_action_at_a_time_and_survives_a_restart(workspace: Workspace) -> None:
    first = replace(DETAILS, emblem=picture("PNG"))
    settings.save_office(workspace, first)
    settings.save_office(workspace, replace(DETAILS, place="г. Речной"))
    workspace.database.close()
    again = Workspace(Database(workspace.database.path), workspace.archive)
    assert next_undo(again) == "данные учреждения"
    outcome = undo_last(again)
    assert (outcome.done, outcome.message) == (True, "Отменено: данные учреждения.")
    assert outcome.changes == ChangeSet.of(Topic.OFFICE)
    assert settings.office(again) == first
    undo_last(again)
    assert settings.office(again) is None
    assert next_undo(again) is None
    assert undo_last(again).message == "Отменять нечего."
    assert not undo_last(again).done


def test_undo_refuses_to_lose_a_later_change(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    with workspace.database.write() as session:
        session.execute(update(Office).values(place="г. Другой"))
    with pytest.raises(UserError, match="с тех пор изменились"):
        undo_last(workspace)
    stored = settings.office(workspace)
    assert stored is not None
    assert stored.place == "г. Другой"


def test_a_failed_action_stores_neither_rows_nor_journal(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)

    def fail() -> None:
        with workspace.database.write() as session, Action(session, "ошибка") as action:
            action.update(Office, 1, {"place": "г. Другой"})
            raise RuntimeError("our bug")

    with pytest.raises(RuntimeError):
        fail()
    stored = settings.office(workspace)
    assert stored == DETAILS
    assert next_undo(workspace) == "данные учреждения"


def test_the_journal_does_not_take_tables_it_cannot_show(workspace: Workspace) -> None:
    with workspace.database.write() as session, pytest.raises(KeyError):
        Action(session, "загрузка").update(ImportBatch, 1, {"label": "другая"})


LIMIT = Setting("test.limit", int, 5, "Проверочное число")


def test_settings_have_defaults_and_keep_what_was_put(workspace: Workspace) -> None:
    assert settings.get(workspace, settings.DOCUMENT_STANDARD) == "2025"
    changed = settings.put(workspace, settings.DOCUMENT_STANDARD, "2016")
    assert changed == ChangeSet.of(Topic.SETTINGS)
    assert settings.put(workspace, settings.DOCUMENT_STANDARD, "2016") == ChangeSet()
    assert settings.get(workspace, settings.DOCUMENT_STANDARD) == "2016"
    settings.put(workspace, LIMIT, 7)
    settings.put(workspace, LIMIT, 8)
    assert settings.get(workspace, LIMIT) == 8


def test_settings_refuse_what_was_not_declared(workspace: Workspace) -> None:
    allowed = r"Допустимые значения: ГОСТ Р 7\.0\.97-2025; ГОСТ Р 7\.0\.97-2016"
    with pytest.raises(UserError, match=allowed):
        settings.put(workspace, settings.DOCUMENT_STANDARD, "1997")
    with pytest.raises(UserError, match="«Проверочное число»: True"):
        settings.put(workspace, LIMIT, True)
    assert settings.get(workspace, settings.DOCUMENT_STANDARD) == "2025"


def test_a_stored_value_that_cannot_be_used_is_said(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        session.add(StoredSetting(key="documents.standard", value=7))
    with pytest.raises(UserError, match="Стандарт оформления документов"):
        settings.get(workspace, settings.DOCUMENT_STANDARD)


def test_every_setting_is_declared_once_and_its_default_is_allowed() -> None:
    keys = [setting.key for setting in settings.DECLARED]
    assert len(set(keys)) == len(keys)
    assert all(setting.accepts(setting.default) for setting in settings.DECLARED)
