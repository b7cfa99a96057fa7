"""A programme of a hundred pages against reportlab's plain rows: ``python -m bench.programme_pdf``.

300 rows of a roadmap, 80 indicators, tables of 40 schools.  The floor is reportlab itself drawing
the same number of table rows as plain strings, already broken into lines, and of paragraphs.  Both
times are medians of one run, in turns.  Where LibreOffice is installed, it converts our own DOCX
once.  Exit code 1 when a promise is missed.
"""

from __future__ import annotations

import io
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.services.documents import blocks, render_docx, render_pdf
from app.services.documents.pdf.fonts import REGULAR
from app.services.documents.pdf.styles import measures
from app.services.documents.pdf.wrap import Hyphens, Wrapper
from bench.measuring import measure

RATIO_LIMIT = 2.0
"""Promised: the whole programme as a multiple of reportlab's plain rows and paragraphs."""
MEMORY_LIMIT_MB = 300
_RUNS = 5
_ONCE = "--once"
_ACTIVITIES, _INDICATORS, _SCHOOLS, _PARAGRAPHS = 300, 80, 40, 60
_PHRASE = (
    "организация проведение муниципального семинара практикума руководителей методических "
    "объединений вопросам подготовки обучающихся государственной итоговой аттестации анализ "
    "результатов мониторинга адресная помощь педагогам наставничество сетевое взаимодействие"
)
_WORDS = tuple(_PHRASE.split())


def main() -> int:
    """Measure and print; 1 when a promise is missed."""
    content = _programme(random.Random(20260101))
    if _ONCE in sys.argv:
        render_pdf(content)
        return 0
    ours, floor = _medians((lambda: render_pdf(content), lambda: _floor(content)))
    pages = len(pypdfium2.PdfDocument(render_pdf(content)))
    ratio, memory = ours / floor, _peak_mb()
    _say(f"{pages} страниц: {ours:.2f} с, простые строки reportlab: {floor:.2f} с")
    _say(f"отношение {ratio:.2f} (обещано не больше {RATIO_LIMIT}), память {memory:.0f} МБ")
    office = _libreoffice(content)
    faster = office is None or ours < office
    if office is None:
        _say("LibreOffice не установлен: с ним не сравнить")
    else:
        _say(f"LibreOffice из нашего DOCX: {office:.2f} с, в {office / ours:.1f} раза дольше")
    return 0 if ratio <= RATIO_LIMIT and memory <= MEMORY_LIMIT_MB and faster else 1


def _programme(draw: random.Random) -> blocks.Content:
    made: list[blocks.Block] = []
    for number in range(_PARAGRAPHS):
        if number % 10 == 0:
            made.append(blocks.Heading(f"{number // 10 + 1}. {_text(draw, 5)}"))
        made.append(blocks.Paragraph((blocks.Run(_text(draw, 60)),)))
    made += [blocks.NewPage(landscape=True), blocks.Heading("Дорожная карта"), _roadmap(draw)]
    made += [blocks.Heading("Показатели"), _indicators(draw), blocks.NewPage()]
    for school in range(_SCHOOLS):
        made += [blocks.Heading(f"Школа № {school + 1}", 2), _school(draw)]
    meta = blocks.Meta("Управление образования", 2026)
    return blocks.Content("Муниципальная программа", "programme", "2025", tuple(made), meta)


def _text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choice(_WORDS) for _ in range(words)).capitalize()


def _roadmap(draw: random.Random) -> blocks.Table:
    titles = ("№", "Мероприятие", "Сроки", "Ответственные", "Ожидаемый результат")
    weights = (6.0, 36.0, 14.0, 20.0, 24.0)
    columns = tuple(blocks.Column(t, w) for t, w in zip(titles, weights, strict=True))
    rows = tuple(
        (str(n + 1), _text(draw, 14), "до 1 апреля 2026 года", _text(draw, 4), _text(draw, 7))
        for n in range(_ACTIVITIES)
    )
    return blocks.Table(columns, rows)


def _indicators(draw: random.Random) -> blocks.Table:
    years = ("Базовое", "2026", "2027", "2028")
    columns = (blocks.Column("№", 6.0), blocks.Column("Показатель", 44.0))
    columns += tuple(blocks.Column(year, 12.0, blocks.Align.CENTER) for year in years)
    rows = tuple(
        (str(n + 1), _text(draw, 9), *(str(draw.randint(10, 99)) for _ in years))
        for n in range(_INDICATORS)
    )
    return blocks.Table(columns, rows)


def _school(draw: random.Random) -> blocks.Table:
    titles = ("Предмет", "Участников", "«5», %", "«4», %", "«3», %", "«2», %")
    columns = tuple(blocks.Column(title, 16.0) for title in titles)
    rows = tuple(
        (_text(draw, 2), *(str(draw.randint(1, 99)) for _ in titles[1:])) for _ in range(13)
    )
    return blocks.Table(columns, rows)


def _floor(content: blocks.Content) -> bytes:
    """Draw the same rows and paragraphs with reportlab alone, texts broken beforehand."""
    file = io.BytesIO()
    style = ParagraphStyle("plain", fontName=REGULAR, fontSize=14, leading=16)
    document = SimpleDocTemplate(file, pagesize=landscape(A4))
    story = []
    for block in content.blocks:
        if isinstance(block, blocks.Table):
            story.append(_plain_table(block, content))
        elif isinstance(block, blocks.Heading | blocks.Paragraph):
            story += [Paragraph(block.text, style), Spacer(0, 2)]
    document.build(story)
    return file.getvalue()


_BROKEN: dict[int, list[list[str]]] = {}
"""Texts of the floor in lines, by table: breaking them is not what it measures."""


def _plain_table(block: blocks.Table, content: blocks.Content) -> Table:
    total = sum(column.weight for column in block.columns)
    widths = [measures(content).height * column.weight / total for column in block.columns]
    if id(block) not in _BROKEN:
        wrapper = Wrapper()
        _BROKEN[id(block)] = [
            [
                "\n".join(wrapper.lines(str(cell), REGULAR, 12, width - 10, hyphens=Hyphens.NONE))
                for cell, width in zip(row, widths, strict=True)
            ]
            for row in (tuple(column.title for column in block.columns), *block.rows)
        ]
    look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), REGULAR, 12)]
    return Table(_BROKEN[id(block)], colWidths=widths, repeatRows=1, style=TableStyle(look))


def _medians(works: tuple[Callable[[], object], ...]) -> list[float]:
    """Return the median seconds of each work, taken in turns after one round to warm up."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(_RUNS + 1):
        for work, found in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            if turn:
                found.append(time.perf_counter() - started)
    return [statistics.median(found) for found in times]


def _peak_mb() -> float:
    """Return the highest memory of a process that only makes the programme."""
    return measure([sys.executable, "-m", "bench.programme_pdf", _ONCE]).peak_mb


def _libreoffice(content: blocks.Content) -> float | None:
    """Return the seconds that LibreOffice needs for our DOCX; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "programme.docx"
        source.write_bytes(render_docx(content))
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return time.perf_counter() - started


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
