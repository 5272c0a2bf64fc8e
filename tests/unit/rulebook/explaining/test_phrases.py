"""Every kind of node in words, in both languages."""

from __future__ import annotations

import pytest

from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import BOOL, TEXT
from tests.unit.rulebook.packs import pack_of

MORE = """
judged: {of: thing, judgement: bool, title: {zh: 判断, en: judgement}}
--- measure
m: {title: {zh: 补助, en: grant measure}, for: thing, conditions: {a: good}, frequency: once, discretion: may}
"""


def pack_with(expression: str) -> Pack:
    return pack_of(f'fact\nf: {{of: thing, value: "{expression}"}}{MORE}')


@pytest.mark.parametrize(
    ("expression", "zh", "en"),
    [
        ("good", "良好", "good"),
        ("judged", "判断", "judgement"),
        ("$half", "半年", "half a year"),
        ("$strict", "从严", "strictness"),
        ("size > 5", "大小大于5", "size is above 5"),
        ("size >= $least", "大小不少于下限", "size is at least least size"),
        ("size < 5", "大小小于5", "size is below 5"),
        ("size <= 5", "大小不超过5", "size is at most 5"),
        ("size = 5", "大小是5", "size is 5"),
        ("size <> 5", "大小不是5", "size is not 5"),
        ("colour = 'red'", "颜色是红", "colour is red hue"),
        ("next.colour = 'blue'", "下一件的颜色是蓝", "colour of the next is blue hue"),
        ("$tone = 'red'", "色调是赤", "tone is crimson"),
        ("firm.name = 'x'", "企业的名称是x", "name of the firm is x"),
        ("colour <> 'green' and good", "颜色不是绿，并且良好", "colour is not green hue and good"),
        ("good or size > 5", "良好，或者大小大于5", "good or size is above 5"),
        ("not good", "并非：良好", "not: good"),
        ("is_known(size)", "大小已知", "size is known"),
        ("colour in ('red', 'green')", "颜色是以下之一：红、绿", "colour is one of red hue, green hue"),
        ("price + price - 1 * price", "价格 + 价格 − 1 × 价格", "price + price − 1 × price"),
        ("(price + price) * size", "(价格 + 价格) × 大小", "(price + price) × size"),
        ("-(price + price)", "−(价格 + 价格)", "−(price + price)"),
        ("divide(price, size, 0.01, 'up')", "价格 ÷ 大小", "price ÷ size"),
        ("round_to(price, 0.1, 'down')", "价格（取整）", "price, rounded"),
        ("if(good, price, $grant)", "如果良好：价格；否则：补助额", "if good: price; otherwise: grant"),
        ("min(price, $grant)", "以下各项中最小的：价格、补助额", "the least of price, grant"),
        ("max(price, $grant)", "以下各项中最大的：价格、补助额", "the greatest of price, grant"),
        ("add_months(born, $half)", "起始日之后半年", "start plus half a year"),
        ("months_between(born, on_date)", "从起始日到判定日的时长", "time from start to the as-of date"),
        ("served(born, ended, $half)", "自起始日起在岗且满半年", "there since start and for at least half a year"),
        ("year(born)", "起始日的年份", "year of start"),
        ("month(born)", "起始日的月份", "month of start"),
        ("first_of_month(born)", "起始日所在月的第一天", "first day of the month of start"),
        ("last_of_year(born)", "起始日所在年的最后一天", "last day of the year of start"),
        ("lookup(bands, size)", "档位（大小）", "bands for size"),
        ("count_of(part)", "部件的数量", "number of parts"),
        ("sum_of(part, paid, good)", "部件（合格）的付款合计", "sum of payment over parts with: sound"),
        ("any_of(part, good)", "部件（合格）中至少有一条", "at least one of parts with: sound"),
        ("all_of(part, good)", "部件（合格）中的每一条", "every one of parts with: sound"),
        ("min_of(part, paid)", "部件中最小的付款", "least payment among parts"),
        ("max_of(part, paid)", "部件中最大的付款", "greatest payment among parts"),
        (
            "share_of(part, good) >= 0.5",
            "在部件（合格）中的占比不少于0.5",
            "share among parts with: sound is at least 0.5",
        ),
        ("eligible('m')", "符合“补助”", "eligible for grant measure"),
    ],
)
def test_a_node_in_words(expression: str, zh: str, en: str) -> None:
    pack = pack_with(expression)
    value = pack.facts["thing", "f"].value
    assert value is not None
    assert (Phrases(pack, "zh").phrase(value), Phrases(pack, "en").phrase(value)) == (zh, en)


def test_a_code_may_stand_on_the_left() -> None:
    pack = pack_with("'red' = colour")
    value = pack.facts["thing", "f"].value
    assert value is not None and Phrases(pack, "en").phrase(value) == "red hue is colour"


def test_distinct_values_are_counted() -> None:
    pack = pack_of(f"fact\nf: {{of: thing, count: part, distinct: maker, where: good}}{MORE}")
    value = pack.facts["thing", "f"].value
    assert value is not None and Phrases(pack, "en").phrase(value) == "number of parts with: sound"


def test_the_hidden_id_is_called_by_its_name() -> None:
    phrases = Phrases(pack_with("good"), "en")
    hidden = n.Field(TEXT, "thing", "id")
    assert (phrases.title(hidden), phrases.codes(hidden)) == ("id", None)


def test_a_node_without_words_fails_loudly() -> None:
    with pytest.raises(NotImplementedError):
        Phrases(pack_with("good"), "en").phrase(n.Node(BOOL))
