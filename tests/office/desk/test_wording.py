"""Paraphrases in one language, sums as they are read, numerals as they are cited."""

from decimal import Decimal

import pytest

from luoshi.office.desk.numbering import anchor, number
from luoshi.office.desk.wording import Sum, in_language, language, money
from luoshi.rulebook.loading import load_pack, shipped_packs


@pytest.mark.parametrize("name", shipped_packs())
def test_every_clause_with_words_has_them_in_both_languages(name: str) -> None:
    for clause in load_pack(name, examples=False).clauses.values():
        for lang in ("zh", "en"):
            text = in_language(clause.text, lang)
            assert not clause.text or text.lang == lang, clause.id
            assert all(language(paragraph) == lang for paragraph in text.paragraphs), clause.id


def test_a_clause_in_one_language_is_shown_in_that_one() -> None:
    assert in_language(("只有中文，\n没有别的。",), "en").paragraphs == ("只有中文，没有别的。",)
    assert in_language(("只有中文。",), "en").lang == "zh"
    assert in_language((), "en").paragraphs == ()


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("0.00", Sum("0", "元"), Sum("0", "yuan")),
        ("9999.90", Sum("9,999.9", "元"), Sum("9,999.9", "yuan")),
        ("10000.00", Sum("1", "万元"), Sum("10,000", "yuan")),
        ("20049.99", Sum("2", "万元"), Sum("20,049.99", "yuan")),
        ("20050.00", Sum("2.01", "万元"), Sum("20,050", "yuan")),
        ("123456789.00", Sum("12,345.68", "万元"), Sum("123.46", "m yuan")),
        ("-20000.00", Sum("-2", "万元"), Sum("-20,000", "yuan")),
    ],
)
def test_a_sum_is_read_in_the_unit_of_its_size(amount: str, zh: Sum, en: Sum) -> None:
    assert (money(Decimal(amount), "zh"), money(Decimal(amount), "en")) == (zh, en)


@pytest.mark.parametrize(
    ("clause", "zh", "en"),
    [
        ("1/5", "五", "5"),
        ("1/12/11/3", "十二（十一）3", "12(11)3"),
        ("1/5/1/1/2", "五（一）1（2）", "5(1)1(2)"),
        ("2/5/p2", "五第2段", "5 para. 2"),
        ("1/preface", "", ""),
        ("1", "", ""),
    ],
)
def test_a_clause_is_cited_by_its_numerals(clause: str, zh: str, en: str) -> None:
    assert (number(clause, "zh"), number(clause, "en")) == (zh, en)
    assert anchor(clause).startswith("c")
