"""Papers in official form: what stands on them, in PDF and in Word, for whom, and that their making is recorded."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from docx import Document
from docx.shared import Mm
from psycopg import sql
from pypdf import PdfReader

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.database.keys import secrecy
from luoshi.office.desk.printing.numerals import heading_of
from luoshi.office.desk.printing.paper import Heading, Paper, Paragraph, Table
from luoshi.office.desk.printing.setting import as_pdf
from luoshi.office.desk.printing.word import as_word
from luoshi.office.registry.building import identifier
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library, queries, results
from luoshi.office.runs.models import Run
from luoshi.rulebook.model.outcomes import Outcome
from tests.office.runs.city import PACK, run_city
from tests.office.verified import let_in

CITY, COUNTY, OTHER = "3311", "331102", "331121"
ON = date(2023, 12, 31)
MEASURE = "new-worker-award"
A4 = (595, 842)
WIDE = Table("一览", ("措施", "符合"), (("补助 #1 $x$ *y*", "1,234"), ("贴息", "—")), numbers=1)
PAPER = Paper(
    title="某县落实《某意见》情况",
    below="（截至2023年12月31日）",
    blocks=(Heading(1, "一、目标"), Heading(2, "（一）分目标"), Paragraph("已达到 83。", name="车间："), WIDE),
    office="某县",
    day="2023年12月31日",
    receipt=("数据来源：第 7 次计算。",),
    lang="zh",
)


def _text(pdf: bytes) -> str:
    """The words of all pages, without the spaces that setting brings."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def _words(file: bytes) -> str:
    read = Document(BytesIO(file))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s+", "", "".join([*(line.text for line in read.paragraphs), *cells]))


# --- The form --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [lambda: _text(as_pdf(PAPER)), lambda: _words(as_word(PAPER))])
def test_everything_stands_on_the_paper_as_it_was_written(found) -> None:
    words = found()
    for text in (
        "某县落实《某意见》情况",
        "一、目标",
        "（一）分目标",
        "车间：已达到83。",
        "补助#1$x$*y*",
        "1,234",
        "第7次计算",
    ):
        assert text in words, text


def test_a_pdf_has_the_size_the_numbers_and_the_fonts_of_an_official_paper() -> None:
    read = PdfReader(BytesIO(as_pdf(PAPER)))
    assert tuple(round(float(side)) for side in read.pages[0].mediabox[2:]) == A4
    assert "—1—" in re.sub(r"\s", "", read.pages[0].extract_text())
    fonts = {
        font["/BaseFont"] for font in (each.get_object() for each in read.pages[0]["/Resources"]["/Font"].values())
    }
    assert all("Noto" in name for name in fonts) and fonts
    assert read.metadata is not None and read.metadata.title == PAPER.title


def test_a_long_table_goes_on_with_its_head_on_the_next_page() -> None:
    long = Table("一览", ("措施", "符合"), tuple((f"第{number}项", "1") for number in range(90)), numbers=1)
    pages = PdfReader(BytesIO(as_pdf(Paper("题", "", (long,), "某县", "某日", (), "zh")))).pages
    assert len(pages) > 2
    assert all("措施" in page.extract_text() for page in pages[1:3])


def test_a_word_file_has_the_measures_of_an_official_paper() -> None:
    read = Document(BytesIO(as_word(PAPER)))
    section = read.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in margins if side is not None] == [37, 35, 28, 26]
    body = next(line for line in read.paragraphs if line.text.startswith("车间"))
    assert body.paragraph_format.line_spacing is not None and round(body.paragraph_format.line_spacing.pt, 2) == 28.95
    assert "仿宋" in body.runs[-1]._element.xml
    assert [line.style.name for line in read.paragraphs if line.style and "Heading" in str(line.style.name)]
    assert "PAGE" in section.footer._element.xml


@pytest.mark.parametrize(("lang", "heading"), [("zh", "（二）x"), ("en", "(2) x")])
def test_a_heading_has_the_numeral_of_its_level(lang: str, heading: str) -> None:
    assert heading_of("1/5/2", "x", lang) == heading


# --- The papers ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over a small city, for all tests of this file."""
    return run_city(tmp_path_factory.mktemp("city") / "data")


def _signed_in(client: Client, area: str) -> Client:
    user = open_account(f"chen-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(Role.AUDITOR, area), date(2020, 1, 1), by="tester")
    return let_in(client, user)


def _file(client: Client, address: str, **query: str) -> bytes:
    answer = client.get(f"/print/{address}", query)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    return answer.content


def test_a_document_is_reported_clause_by_clause(run: Run, client: Client) -> None:
    _signed_in(client, CITY)
    pdf, word = _file(client, f"pdf/documents/{PACK}/1/"), _file(client, f"word/documents/{PACK}/1/")
    figures = queries.figures_of(run, CITY)[MEASURE]
    title = library.pack(PACK).measures[MEASURE].title.say("zh")
    for words in (_text(pdf), _words(word)):
        assert f"{title}：符合{figures.eligible:,}，无法判定{figures.undetermined:,}" in words
        assert run.pack_hash in words and f"第{run.id}次计算" in words


def test_a_measure_is_reported_area_by_area(run: Run, client: Client) -> None:
    words = _words(_file(_signed_in(client, CITY), f"word/measures/{PACK}/{MEASURE}/"))
    by_area = queries.figures_by_area(run, MEASURE, CITY, 6)
    assert by_area and all(f"{one.eligible:,}" in words for one in by_area.values())


def test_a_subject_is_reported_with_reasons_and_without_its_secrets(run: Run, client: Client) -> None:
    register = library.pack(PACK).measures[MEASURE].register
    someone = results.subjects(run, MEASURE, CITY, Outcome.ELIGIBLE, size=1).subjects[0]
    words = _words(_file(_signed_in(client, CITY), f"word/subjects/{PACK}/{register}/{someone.id}/"))
    assert "判定和理由" in words and "满足" in words
    assert not [text for text in _secrets() if text in words]


def _secrets() -> set[str]:
    """Everything that is kept sealed, in clear."""
    found: set[str] = set()
    pack = library.pack(PACK)
    for table in (table_of(pack, register) for register in pack.registers):
        for column in (column for column in table.columns.values() if column.encrypted):
            with connection.cursor() as cursor:
                parts = (sql.Identifier(column.name), identifier(table.name))
                cursor.execute(sql.SQL("SELECT {0} FROM {1} WHERE {0} IS NOT NULL").format(*parts))
                cells = [bytes(cell) for (cell,) in cursor.fetchall()]
            found |= {secrecy().open(cell, table.place_of(column.name)) for cell in cells}
    assert found
    return found


def test_each_making_is_recorded_without_a_name(run: Run, client: Client) -> None:
    _file(_signed_in(client, COUNTY), f"pdf/documents/{PACK}/1/")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject, area, details FROM audit.event WHERE action = 'document.print' ORDER BY id DESC LIMIT 1"
        )
        subject, area, details = cursor.fetchone()
    assert (subject, area) == (f"document:{PACK}/1", COUNTY)
    assert "pdf" in str(details)


@pytest.mark.parametrize("address", [f"documents/{PACK}/1/", f"measures/{PACK}/{MEASURE}/"])
def test_a_county_prints_nothing_of_its_neighbour(run: Run, client: Client, address: str) -> None:
    _signed_in(client, COUNTY)
    for area in (OTHER, CITY):
        assert client.get(f"/print/pdf/{address}", {"area": area}).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"picture/documents/{PACK}/1/",
        f"pdf/documents/{PACK}/99/",
        f"pdf/measures/{PACK}/none/",
        "pdf/documents/none/1/",
    ],
)
def test_what_is_not_there_is_not_printed(run: Run, client: Client, address: str) -> None:
    assert _signed_in(client, CITY).get(f"/print/{address}").status_code == 404


def test_a_paper_without_a_run_says_so(run: Run, client: Client) -> None:
    words = _words(_file(_signed_in(client, CITY), f"word/documents/{PACK}/1/", on="2022-06-30"))
    assert "还没有算过" in words


def test_a_paper_is_in_the_language_of_the_reader(run: Run, client: Client) -> None:
    _signed_in(client, CITY).cookies["django_language"] = "en"
    assert _text(_file(client, f"pdf/documents/{PACK}/1/"))
