"""Letters in both formats: the same words, whatever signs, however many rows, whatever is missing."""

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from luoshi.office.letters import contents as c
from luoshi.office.letters.errors import Incomplete
from luoshi.office.letters.filling import fill
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.pages import as_pdf
from luoshi.office.letters.placeholders import LINE, Blank, filled, placeholders_of
from luoshi.office.letters.samples import extremes, sample, words_of
from luoshi.office.letters.sums import MOST, in_capitals
from luoshi.office.letters.word import default_template
from tests.office.letters.papers import plain, words_of_pdf, words_of_word

A4 = (595, 842)
HARD = "张<b>三</b> & 李“四” 'x\" #strong[y] $z$ *w* @a \\ {{ 7 }} {% if %}"


def _word(content: c.Content) -> str:
    return words_of_word(fill(default_template(content.kind), words_of(content)))


def _pdf(content: c.Content) -> str:
    return words_of_pdf(as_pdf(content.kind, words_of(content)))


@pytest.mark.parametrize("kind", Kind)
def test_word_and_pdf_say_the_same(kind: Kind) -> None:
    content = sample(kind)
    word, pdf = sorted(_word(content)), sorted(_pdf(content).replace("—1—", "").replace("—2—", ""))
    assert word == pdf


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_ever_called_none(kind: Kind) -> None:
    _whole, emptiest, hard = extremes(kind)
    for words in (emptiest, hard):
        for said in (words_of_word(fill(default_template(kind), words)), words_of_pdf(as_pdf(kind, words))):
            assert "None" not in said and "Undefined" not in said


def test_what_is_missing_is_a_line_to_write_on_and_an_empty_cell() -> None:
    content = replace(sample(Kind.DECISION), number="", addressee="", day=None)
    for said in (_word(content), _pdf(content)):
        assert said.count(LINE) == 3
    form = replace(sample(Kind.APPLICATION), applicant="", entries=(c.Entry(name="开户银行"),))
    file = Document(BytesIO(fill(default_template(form.kind), words_of(form))))
    assert [cell.text for cell in file.tables[1].rows[1].cells] == ["开户银行", ""]


def test_a_missing_text_is_false_to_a_template_and_a_line_on_paper() -> None:
    assert not Blank(LINE) and str(Blank(LINE)) == LINE


@pytest.mark.parametrize("count", [0, 1, 500])
def test_a_list_of_any_length_is_whole_and_adds_up(count: int) -> None:
    rows = tuple(c.Payment(name=f"样例{place}号", amount=Decimal("10.01")) for place in range(1, count + 1))
    content = replace(sample(Kind.PAYMENT_LIST), lines=rows)
    word, pdf = _word(content), _pdf(content)
    for said in (word, pdf):
        assert [int(place) for place in re.findall(r"样例(\d+)号", said)] == [*range(1, count + 1)]
        assert ("（无）" in said) == (count == 0)
        assert f"合计{count}人" in said and f"{10 * count + count / 100:,.2f}" in said
    pages = PdfReader(BytesIO(as_pdf(content.kind, words_of(content)))).pages
    assert all("证件号" in page.extract_text() for page in pages[:-1])  # the head of the table on every page


def test_a_sum_with_an_unknown_amount_is_unknown() -> None:
    rows = (c.Payment(name="甲", amount=Decimal(5)), c.Payment(name="乙"))
    assert filled(replace(sample(Kind.PAYMENT_LIST), lines=rows))["合计"] is None


@pytest.mark.parametrize("kind", Kind)
def test_signs_stay_what_they_are(kind: Kind) -> None:
    content = replace(sample(kind), title=HARD, office=HARD)
    assert plain(HARD) in _word(content)
    assert plain(HARD) in _pdf(content)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=40)


@settings(max_examples=15, deadline=None)
@given(NAMES, NAMES)
def test_whatever_a_name_is_it_is_only_text(name: str, reason: str) -> None:
    content = replace(
        sample(Kind.REFUSAL), addressee=name, reasons=(c.Reason(condition="条件", clause="第一条", seen=reason),)
    )
    words = words_of(content)
    file = Document(BytesIO(fill(default_template(content.kind), words)))
    cells = [cell.text for row in file.tables[0].rows for cell in row.cells]
    assert plain(words["理由"][0]["情况"]) == plain(cells[7])
    assert PdfReader(BytesIO(as_pdf(content.kind, words))).pages


def test_long_texts_go_on_over_pages() -> None:
    long = "很长的一段话，" * 600
    content = replace(sample(Kind.DECISION), found=(long,))
    assert plain(long) in _word(content)
    read = PdfReader(BytesIO(as_pdf(content.kind, words_of(content))))
    assert len(read.pages) > 3
    assert [f"—{place}—" in plain(page.extract_text()) for place, page in enumerate(read.pages, 1)][:3] == [
        False,
        True,
        True,
    ]


def test_the_seal_never_stands_on_a_page_without_text() -> None:
    for count in (9, 11, 12, 13, 14, 16):
        content = replace(sample(Kind.DECISION), found=tuple("一行字。" for _ in range(count)), copies="")
        pages = [
            plain(page.extract_text()) for page in PdfReader(BytesIO(as_pdf(content.kind, words_of(content)))).pages
        ]
        last = next(words for words in reversed(pages) if "2026年3月16日" in words)
        assert "联系方式" in last


def test_the_page_is_that_of_an_official_paper() -> None:
    content = sample(Kind.DECISION)
    read = PdfReader(BytesIO(as_pdf(content.kind, words_of(content))))
    assert tuple(round(float(side)) for side in read.pages[0].mediabox[2:]) == A4
    section = Document(BytesIO(default_template(content.kind))).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins if one is not None] == [37, 35, 28, 26]
    wide = Document(BytesIO(default_template(Kind.PAYMENT_LIST))).sections[0]
    assert [round(one.mm) for one in (wide.page_width, wide.page_height) if one] == [297, 210]


def test_the_same_letter_gives_the_same_pdf() -> None:
    words = words_of(sample(Kind.NOTICE))
    assert as_pdf(Kind.NOTICE, words) == as_pdf(Kind.NOTICE, words)


@pytest.mark.parametrize(
    ("content", "lacking"),
    [
        (replace(sample(Kind.REFUSAL), reasons=()), "理由"),
        (replace(sample(Kind.REFUSAL), appeal=" "), "救济途径"),
        (replace(sample(Kind.DECISION), decided=("",)), "决定内容"),
        (replace(sample(Kind.SUPPLEMENT), until=None), "补正期限"),
        (replace(sample(Kind.NOTICE), objections=""), "异议受理"),
        (replace(sample(Kind.CERTIFICATE), holder=""), "持有人"),
    ],
)
def test_a_letter_without_what_makes_it_one_is_refused(content: c.Content, lacking: str) -> None:
    with pytest.raises(Incomplete) as refused:
        filled(content)
    assert refused.value.lacking == (lacking,)


@pytest.mark.parametrize("kind", Kind)
def test_every_field_has_a_name_of_its_own_and_says_what_comes_there(kind: Kind) -> None:
    found = placeholders_of(kind)
    assert len({one.name for one in found}) == len(found) == len(fields(sample(kind))) + 1
    assert all(one.name.isidentifier() and one.about for one in found)


def test_words_of_days_sums_and_counts() -> None:
    content = replace(sample(Kind.DECISION), day=date(2026, 1, 2), amount=Decimal("1234567.8"))
    said = filled(content)
    assert (said["日期"], said["金额"], said["金额大写"]) == (
        "2026年1月2日",
        "1,234,567.80",
        "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整",
    )


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=2))
def test_capitals_can_be_read_back(amount: Decimal) -> None:
    assert _read(in_capitals(amount)) == amount


def _read(words: str) -> Decimal:
    """The amount of capitals, read by adding up."""
    total, section, figure = Decimal(0), 0, 0
    places = {"拾": 10, "佰": 100, "仟": 1000}
    for sign in words.rstrip("整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            figure = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in places:
            section, figure = section + figure * places[sign], 0
        elif sign in "万亿":
            base = 10**4 if sign == "万" else 10**8
            total = (total + section + figure) * base if sign == "亿" else total + (section + figure) * base
            section = figure = 0
        elif sign == "元":
            total, section, figure = total + section + figure, 0, 0
        else:
            total, figure = total + Decimal(figure) / (10 if sign == "角" else 100), 0
    return total


@pytest.mark.parametrize("amount", [Decimal("0.001"), MOST, -MOST])
def test_no_amount_of_yuan_has_no_capitals(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="no amount"):
        in_capitals(amount)
