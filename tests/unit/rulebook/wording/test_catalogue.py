"""The words of findings: a dozen important ones in full, and every one sayable in both languages."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Finding, Where
from luoshi.rulebook.wording import LANGUAGES
from luoshi.rulebook.wording.catalogue import CATALOGUE, describe
from tests.unit.rulebook.packs import pack_of, try_blocks, try_case

FUND = "fund\nm: {title: BOTH, payer: county}\n"


def fact(expression: str) -> str:
    return f"fact\nf: {{of: thing, value: {expression}}}\n"


@pytest.mark.parametrize(
    ("blocks", "zh", "en"),
    [
        (
            fact("siz >= 1"),
            "“siz”不是 thing 的字段或事实。 是否要写：size？",
            "“siz” is no field or fact of thing. Did you mean: size?",
        ),
        (
            fact("size ≥ 1"),
            "第 6 列：“≥”不是表达式中的符号。 用半角书写：>=",
            "Column 6: “≥” is not a mark of the language. Write it in ASCII: >=",
        ),
        (
            fact("$lest"),
            "“$lest”不是参数，也不是解读。 是否要写：least？",
            "“$lest” is no parameter or assumption. Did you mean: least?",
        ),
        (
            fact("colour = 'pink'"),
            "“pink”不在代码表中。 可用代码：red、green、blue。",
            "“pink” is not in the code list. Codes: red, green, blue.",
        ),
        ("fund\nm: {title: BOTH}\n", "m：缺少键 payer。 添加 payer。", "m: the key payer is missing. Add payer."),
        (
            FUND + "--- fund\nm: {title: BOTH, payer: city}\n",
            "m 写了两次，第一次在 1-test.md:6。 改名，或去掉一个。",
            "m stands twice; first at 1-test.md:6. Rename or remove one.",
        ),
        (
            "fact\na: {of: thing, value: b}\nb: {of: thing, value: a}\n",
            "这些事实互相依赖成环：a -> b -> a。 断开这个环。",
            "These rest on each other in a ring: a -> b -> a. Break the ring.",
        ),
    ],
)
def test_what_is_said_about_a_pack(blocks: str, zh: str, en: str) -> None:
    (finding,) = try_blocks(blocks).findings
    assert (" ".join(describe(finding, "zh")), " ".join(describe(finding, "en"))) == (zh, en)


@pytest.mark.parametrize(
    ("case", "zh", "en"),
    [
        (
            "subject: thng\n",
            "没有台账“thng”。 是否要写：thing？",
            "There is no register “thng”. Did you mean: thing?",
        ),
        (
            "subject: thing\nfields: {sise: 1}\n",
            "“sise”不是 thing 的字段或事实。 是否要写：size？",
            "“sise” is no field or fact of thing. Did you mean: size?",
        ),
        (
            "subject: thing\nparameters: {share: {value: 0.4, by: county, document: 文}}\n",
            "share：0.4 超出幅度（0.50 至 1.00，步长 0.05）。 在幅度内取值。",
            "share: 0.4 is out of bounds: 0.50 to 1.00, step 0.05. Set a value within the bounds.",
        ),
        (
            "subject: thing\nparameters: {share: {value: 0.5, by: county}}\n",
            "share：缺少设定该值的文件。 写 document:（财政文件）。",
            "share: the document that adopts the value is missing. Write document: 财政文件.",
        ),
        (
            "subject: thing\nparameters: {share: {value: 0.5, by: village, document: 文}}\n",
            "share：这一层级（village）无权设定。 有权设定的层级：county、city。请写 by: 和 area:。",
            "share: may not be set at this level (village). It is set by: county, city. Write by: and area:.",
        ),
        (
            "subject: thing\nparameters: {least: 5}\n",
            "least 由政策固定，地方不能设定。 想试别的值，请修改政策包的副本。",
            "least is fixed by the policy; a locality cannot set it. To try another value, edit a copy of the pack.",
        ),
    ],
)
def test_what_is_said_about_a_case(case: str, zh: str, en: str) -> None:
    (finding,) = try_case(pack_of(FUND), case)[1]
    assert (" ".join(describe(finding, "zh")), " ".join(describe(finding, "en"))) == (zh, en)


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_words_even_without_facts(code: str, lang: str) -> None:
    message, remedy = describe(Finding(code, Where()), lang)
    assert message and remedy


def test_the_languages_differ() -> None:
    alike = [
        code for code in CATALOGUE if describe(Finding(code, Where()), "zh") == describe(Finding(code, Where()), "en")
    ]
    assert not alike
