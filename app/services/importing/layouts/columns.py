"""Titles of columns that several kinds of files share, as patterns over folded keys."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.importing.facts import PersonalColumn
from app.services.importing.grid import Sheet
from app.services.importing.tables import Header, Vocabulary
from app.services.table_words import words

_ORG = (
    r"(?:оо|оу|школы?|организации|учреждения|образовательно(?:й|го)(?:организации|учреждения)"
    r"|общеобразовательно(?:й|го)(?:организации|учреждения))"
)
_PUPILS = (
    r"(?:участник(?:ов|и)?|учащихся|учеников|обучающихся|учся|обся|выпускников|вков|уч|детей"
    rf"|{words('result_columns')['pupils_short']})"
)

NUMBER = r"№|№пп|№строки|nпп|пп|номер|номерпп|noпп|№записи"
FISOKO = r"логин\w*|\w*фисоко\w*"
RCOI = r"код\w*(?:рцои|рис|гиа|егэ|огэ)\w*|рцои\w*"
CODE = rf"код{_ORG}|код|{_ORG}код|кодшк"
NAME = (
    rf"(?:(?:краткое|сокращ[её]нное|полное)?(?:наименование|название)(?:{_ORG})?"
    rf"|оо|оу|школа|(?:обще)?образовательн(?:ая|ое)(?:организация|учреждение)|организация|учреждение)"
    r"(?:(?:полное|краткое|сокращ[её]нное)?(?:наименование|название))?(?:поуставу)?"
    rf"|{words('name_columns')['with_more']}"
)
PARTICIPANTS = (
    rf"(?:всего|общее|общаячисленность|фактическ(?:ое|и))?(?:кол|колво|количество|число|численность)?"
    rf"(?:всего)?{_PUPILS}(?:впр|егэ|огэ|всего|чел|экзамена|писавшихработу|выполнявшихработу)?"
    r"|(?:всего|колво|количество|число)?(?:писавших|выполнявших|сдававших|участвовавших|сдавало|писали"
    r"|выполнял[ио]|выполнили|написали|присутствовал[ио]"
    r"|(?:сдававших|писавших)(?:экзамен|впр|огэ|егэ)|участвовал[ои]"
    r"|писало|сдавали|принял[ои]участие|выполнялиработу|писалиработу|писавшихработу"
    r"|выполнявшихработу)(?:чел)?"
    rf"|(?:кол|колво|количество|число){_PUPILS}?(?:принявших|принимавших)участие\w*"
    r"|участники|колвоучастниковчел"
    r"|(?:всего|фактически)*(?:принял[ио]|принимал[ио]|участвовал[ио]|писал[ио]|выполнял[ио]"
    r"|выполнил[ио]|сдавал[ио]|написал[ио])(?:участие)?(?:в)?"
    r"(?:впр|огэ|егэ|экзамен\w{0,2}|(?:проверочн\w{2,3})?работ\w{1,2})?(?:чел)?"
    rf"|{words('result_columns')['participants_of_all']}"
)
PARTICIPANTS_ELSE = words("result_columns")["participants_else"]
"""Pupils of the class or of the grade: of a table that counts nobody else they are those who took
part (the rule of ``Vocabulary`` for ``_else``)."""
PASSED = words("result_columns")["passed"]
GROUP = words("result_columns")["group"]
"""Whom a row of «Группы участников» is about: a school, a district, a region."""
SCHOOLS = r"(?:колво|количество|число)(?:оо|оу|школ|организаций|образовательныхорганизаций)"
YEAR = r"год|годпроведения|учебныйгод|годвпр"
GRADE = r"класс|параллель|параллельклассов|классы"
SUBJECT = r"предмет|учебныйпредмет|наименованиепредмета|дисциплина|названиепредмета"
DISTRICT = (
    r"муниципалитет|муниципальноеобразование|район|мо|мсу|ате|наименованиеате|наименованиемсу"
    r"|муниципальныйрайон|муниципальныйокруг|городскойокруг|территория"
)
MEAN_MARK = r"(?:средняя|ср)(?:отметка|оценка)"
MEAN = rf"(?:средний|ср)(?:тестовый|тест)?балл\w*|{MEAN_MARK}"
PRIMARY = r"первичныйбалл|первбалл|первичныебаллы|суммапервичныхбаллов"
JOURNAL = r"отметкапожурналу|оценкапожурналу|отметкавжурнале"
TEST_SCORE = r"тестовыйбалл|тестбалл|баллпо100балльнойшкале|баллпостобалльнойшкале|тестовыебаллы"
MARK = (
    r"(?:итоговая)?(?:оценка|отметка)"
    r"|(?:оценка|отметка)(?:по5(?:ти)?балльнойшкале|за(?:п?работу|экзамен|впр|огэ|егэ)|вппр|впр|огэ|егэ)"
)
SCORE = r"балл|баллы|итоговыйбалл"
_OTHER_YEAR = rf"(?!\w*(?:{words('year_before')['column']}))"
BELOW = rf"{_OTHER_YEAR}(?:{words('result_columns')['below']})"


def mark_column(mark: int) -> str:
    """Return the pattern of the column of one mark: «2», «2 (%)», «кол-во «2»», «неуд.»."""
    before = (
        r"(?:%|доля|процент|отметк[аиу]|оценк[аиу]|получили|получивших|на|в%|баллов"
        r"|колво|количество|число|отметок|оценок|участников|учащихся|обучающихся|учеников)*"
    )
    after = r"(?:ки|ок|%|в%|проц|процентов|процента|чел(?:овек)?|учся|обся|учащихся|обучающихся)*"
    return rf"{before}(?:{mark}|{words('result_columns')[f'mark_{mark}']}){after}"


OTHER_SCORES = r"[016-9]|[1-9]\d|\d{1,2}к\d\w*|\d+б"
"""Columns of scores 0…38 (L4) or of tasks (L5): a table that has them holds no shares of marks."""
MARK_COLUMNS = {f"m{mark}": mark_column(mark) for mark in (2, 3, 4, 5)}

_PERSONAL = Vocabulary(
    person=(
        r"фамилия\w*|имя(?:участника|учащегося|обучающегося)?|отчество\w*|фио\w*"
        r"|(?:участник|ученик|учащийся|обучающийся|выпускник)"
        r"|снилс\w*|датарождения|др|паспорт\w*|серия(?:и?номер)?(?:документа|паспорта)?"
        r"|(?:номер|№)(?:документа|паспорта|обучающегося|учащегося|ученика|бланка)|документ\w*"
        r"|код(?:участника|учащегося|обучающегося|ученика)|телефон|адреспроживания|пол"
    )
)


def personal_columns(sheet: Sheet, headers: Iterable[Header]) -> tuple[PersonalColumn, ...]:
    """Return the columns with names, codes or papers of pupils, whole merged titles of them."""
    return tuple(
        PersonalColumn(sheet.name, column, header.last + 1, title)
        for header in headers
        for start, title in header.titles.items()
        if _PERSONAL.field(title)
        for column in header.span(start)
    )
