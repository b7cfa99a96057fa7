"""Russian titles of tables and of a school's fields: one for checks, backups, undo and loads."""

from __future__ import annotations

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "activity": "мероприятия дорожных карт",
    "activity_responsible": "ответственные за мероприятия",
    "activity_school": "школы мероприятий",
    "activity_year": "мероприятия по годам",
    "appointment": "кураторы и координаторы",
    "asked_school": "вопросы о школах",
    "assessment": "оценочные процедуры",
    "confirmed_finding": "подтверждённые замечания",
    "correction": "исправления ячеек",
    "decision": "решения",
    "document": "документы",
    "document_file": "файлы документов",
    "evidence": "доказательства управленческого цикла",
    "exam_days_answer": "ответы о днях экзаменов",
    "form_excuse": "освобождения от форм",
    "import_batch": "загрузки",
    "import_file": "файлы загрузок",
    "import_problem": "замечания к файлам",
    "indicator": "показатели",
    "indicator_value": "значения показателей",
    "journal": "журнал действий",
    "management_decision": "управленческие решения",
    "mentor_pair": "наставнические пары",
    "methodology": "методики",
    "monitoring_row": "строки мониторинга",
    "network_group": "сетевые группы",
    "network_member": "участники сетевых групп",
    "office": "данные учреждения",
    "organization": "организации справочника",
    "own_measure": "свои меры",
    "own_risk_factor": "свои факторы риска",
    "own_template": "свои шаблоны",
    "own_text": "свои тексты документов",
    "person": "люди справочника",
    "programme": "программы",
    "programme_block": "части документов программ",
    "programme_item": "разделы программ",
    "quarantine_row": "отложенные строки",
    "recommendation": "рекомендации",
    "record": "показатели школ",
    "reference_result": "справочные результаты",
    "result": "результаты",
    "result_part": "части результатов",
    "roadmap": "дорожные карты",
    "roadmap_group": "разделы дорожных карт",
    "school": "школы",
    "school_alias": "другие названия школ",
    "school_code": "коды школ",
    "school_ending": "закрытые и присоединённые школы",
    "school_document": "документы школ",
    "school_risk": "факторы риска",
    "school_value": "сведения о школах",
    "setting": "настройки",
    "skipped_school": "школы не нашего района",
    "source_block": "источники значений",
    "table_mapping": "разметки таблиц",
}

SCHOOL_FIELDS: Mapping[str, str] = {
    "short_name": "краткое наименование",
    "full_name": "полное наименование",
    "kind": "вид",
    "settlement": "населённый пункт",
    "rural": "сельская",
    "pupils": "обучающихся",
    "director": "руководитель",
    "status": "состояние",
}


def table_title(name: object) -> str:
    """Return the title of a table in Russian quotes; a foreign table keeps its own name."""
    return f"«{TABLES.get(str(name), name)}»"


def field_title(name: str) -> str:
    """Return the title of a school's field; an unknown one keeps its own name."""
    return SCHOOL_FIELDS.get(name, name)
