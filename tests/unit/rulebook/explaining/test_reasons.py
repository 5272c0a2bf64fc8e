"""Reasons: the values compared and where they came from, how facts were worked out, the sum of an amount, changes."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.reasons import MOST_VALUES, Reasons
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.steps import Step
from tests.unit.rulebook.packs import case_of, pack_of

ON = date(2019, 7, 14)
PACK = """
judged: {of: thing, judgement: bool, by: {zh: 评审组, en: the panel}, title: {zh: 判断, en: judgement}}
alone: {of: thing, judgement: bool, title: {zh: 独断, en: lone view}}
parts: {of: thing, count: part, where: good, title: {zh: 合格部件数, en: sound parts}}
double: {of: thing, value: size * 2, title: {zh: 两倍, en: double size}}
--- measure
m: {title: {zh: 补助, en: grant measure}, for: thing, conditions: {a: good}, frequency: once, discretion: may}
"""


def step_of(expression: str, case: str) -> tuple[Pack, Step]:
    pack = pack_of(f'fact\nf: {{of: thing, value: "{expression}"}}{PACK}')
    read = case_of(pack, "subject: thing\n" + case)
    engine = CaseEngine(pack, ON, Settings(pack, ON, read.local))
    (inner,) = engine.fact(read.store, "thing", "this", "f").parts
    assert isinstance(inner, Step)
    return pack, inner


def reasons(lang: str, pack: Pack) -> Reasons:
    return Reasons(Phrases(pack, lang))


def reason(expression: str, case: str, lang: str = "en") -> str:
    pack, step = step_of(expression, case)
    words = reasons(lang, pack)
    return words.reason(step, words.values(step))


@pytest.mark.parametrize(
    ("expression", "case", "zh", "en"),
    [
        ("good", "fields: {good: true}\n", "良好：是", "good: yes"),
        ("good", "", "良好：不明", "good: not known"),
        (
            "size > $least",
            "fields: {size: 6}\n",
            "大小大于下限（大小 6、下限 5）",
            "size is above least size (size 6, least size 5)",
        ),
        ("1 < 2", "", "1小于2", "1 is below 2"),
        ("colour = 'red'", "fields: {colour: green}\n", "颜色是红（颜色 绿）", "colour is red hue (colour green hue)"),
        (
            "born <= on_date",
            "fields: {born: 2019-01-15}\n",
            None,
            "start is not after the as-of date (start 2019-01-15, the as-of date 2019-07-14)",
        ),
        ("count_of(part) > 1", "rows: {part: [{}]}\n", None, "number of parts is above 1 (number of parts 1)"),
    ],
)
def test_a_reason_names_the_values_compared(expression: str, case: str, zh: str | None, en: str) -> None:
    assert reason(expression, case) == en
    if zh is not None:
        assert reason(expression, case, "zh") == zh


@pytest.mark.parametrize(
    ("expression", "case", "known"),
    [
        ("size > 1", "fields: {size: 6}\n", ("size", "6", "thing")),
        ("firm.name = 'x'", "fields: {firm: {name: x}}\n", ("name of the firm", "x", "firm")),
        ("firm.name = 'x'", "", ("name of the firm", "not known", "")),
        ("double > 1", "fields: {size: 6}\n", ("double size", "12", "worked out under clause 1/1")),
        ("double > 1", "given: {double: 9}\n", ("double size", "9", "given")),
        ("judged", "", ("judgement", "not known", "judgement of the panel")),
        ("judged", "judgements: {judged: true}\n", ("judgement", "yes", "given")),
        ("alone", "", ("lone view", "not known", "judgement of ")),
        ("size > $least", "", ("least size", "5", "clause 0/1")),
        ("$strict", "", ("strictness", "yes", "clause 0/1")),
        ("any_of(part, good)", "rows: {part: [{good: true}]}\n", ("at least one of parts with: sound", "yes", "parts")),
        ("lookup(bands, size) > 0", "fields: {size: 5}\n", ("bands for size", "0.0435", "")),
        ("eligible('m')", "fields: {good: true}\n", ("eligible for grant measure", "yes", "")),
        ("on_date > born", "", ("the as-of date", "2019-07-14", "")),
    ],
)
def test_where_a_value_came_from(expression: str, case: str, known: tuple[str, str, str]) -> None:
    pack, step = step_of(expression, case)
    assert known in [tuple(item) for item in reasons("en", pack).values(step)]


def test_a_value_is_listed_once_and_not_too_many() -> None:
    pack, step = step_of("size > 1 and size < 9", "fields: {size: 6}\n")
    assert len(reasons("en", pack).values(step)) == 1
    many = " and ".join(f"count_of(part, paid > {number}.00 * paid) = 0" for number in range(MOST_VALUES + 1))
    pack, step = step_of(many, "rows: {part: []}\n")
    assert len(reasons("en", pack).values(step)) == MOST_VALUES


@pytest.mark.parametrize(
    ("expression", "case", "lines"),
    [
        ("double > 1", "fields: {size: 6}\n", ["double size = size × 2 = 12"]),
        ("double > 1 and double < 99", "fields: {size: 6}\n", ["double size = size × 2 = 12"]),
        (
            "parts > 1",
            "rows: {part: [{good: true}, {}]}\n",
            ["sound parts = number of parts with: sound = not known (2 rows read)"],
        ),
        ("double > 1", "given: {double: 9}\n", []),
        ("next.double > 1", "fields: {next: {size: 2}}\n", ["double size = size × 2 = 4"]),
        ("count_of(part, thing.double > 1) > 0", "rows: {part: [{}]}\n", []),
        ("judged", "", []),
    ],
)
def test_how_facts_were_worked_out(expression: str, case: str, lines: list[str]) -> None:
    pack, step = step_of(expression, case)
    assert reasons("en", pack).workings(step) == lines


@pytest.mark.parametrize(
    ("expression", "case", "words"),
    [
        ("$grant", "", "grant = 200.00 yuan"),
        ("price * size", "fields: {price: 1.50, size: 2}\n", "price × size = 1.50 yuan × 2 = 3.00 yuan"),
        (
            "(price + $grant) * size",
            "fields: {price: 1.50, size: 2}\n",
            "(price + grant) × size = (1.50 yuan + 200.00 yuan) × 2 = 403.00 yuan",
        ),
        ("price - $grant", "fields: {price: 300.00}\n", "price − grant = 300.00 yuan − 200.00 yuan = 100.00 yuan"),
        (
            "divide(price, size, 0.01, 'up')",
            "fields: {price: 1.00, size: 3}\n",
            "price ÷ size = 1.00 yuan ÷ 3 = 0.34 yuan",
        ),
        (
            "min(price, $grant)",
            "fields: {price: 1.50}\n",
            "the least of price, grant = the least of 1.50 yuan, 200.00 yuan = 1.50 yuan",
        ),
        (
            "max(price, $grant)",
            "fields: {price: 1.50}\n",
            "the greatest of price, grant = the greatest of 1.50 yuan, 200.00 yuan = 200.00 yuan",
        ),
        (
            "if(good, price * 2, $grant)",
            "fields: {good: true, price: 1.50}\n",
            "if good: price × 2; otherwise: grant = 1.50 yuan × 2 = 3.00 yuan",
        ),
        ("100", "", "100 = 100"),
    ],
)
def test_the_arithmetic_of_an_amount(expression: str, case: str, words: str) -> None:
    pack, step = step_of(expression, case)
    assert reasons("en", pack).arithmetic(step, None) == words


def test_what_is_paid_stands_last() -> None:
    pack, step = step_of("price * ratio", "fields: {price: 1.50, ratio: 0.5}\n")
    assert reasons("en", pack).arithmetic(step, 1).endswith(" = 1.50 yuan × 0.5 = 1 yuan")


@pytest.mark.parametrize(
    ("expression", "case", "words"),
    [
        ("good", "fields: {good: false}\n", "good"),
        ("size >= 5", "fields: {size: 2}\n", "size is at least 5 (short by 3)"),
        ("price <= $grant", "fields: {price: 250.00}\n", "price is at most grant (short by 50.00 yuan)"),
        ("size = 5", "fields: {size: 2}\n", "size is 5"),
        ("born > on_date", "fields: {born: 2019-01-15}\n", "start is after the as-of date"),
        ("good and size >= 5", "fields: {good: false, size: 9}\n", "good"),
        ("good and size >= 5", "fields: {good: false, size: 4}\n", "good and size is at least 5 (short by 1)"),
        ("good or size >= 5", "fields: {good: false, size: 4}\n", "good or size is at least 5 (short by 1)"),
        ("not good", "fields: {good: true}\n", "not: good"),
        (
            "share_of(part, good) >= 0.5",
            "rows: {part: [{good: false}]}\n",
            "share among parts with: sound is at least 0.5",
        ),
    ],
)
def test_what_would_change_it(expression: str, case: str, words: str) -> None:
    pack, step = step_of(expression, case)
    assert step.value is False
    assert reasons("en", pack).change(step) == words


def test_changes_in_chinese() -> None:
    pack, step = step_of("good and size >= 5", "fields: {good: false, size: 4}\n")
    assert reasons("zh", pack).change(step) == "良好，并且大小不少于5（相差 1）"
