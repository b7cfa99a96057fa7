"""Russian titles of tables and of a school's fields, for the findings of the check."""

from __future__ import annotations

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "assessment": "оценочные процедуры",
    "confirmed_finding": "подтверждённые замечания",
    "correction": "исправления ячеек",
    "decision": "решения",
    "document": "документы",
    "form_excuse": "освобождения от форм",
    "import_batch": "загрузки",
    "import_file": "файлы загрузок",
    "import_problem": "замечания к файлам",
    "journal": "журнал действий",
    "methodology": "методики",
    "office": "данные учреждения",
    "quarantine_row": "отложенные строки",
    "record": "показатели школ",
    "reference_result": "справочные результаты",
    "result": "результаты",
    "school": "школы",
    "school_alias": "другие названия школ",
    "school_code": "коды школ",
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
