"""Signs are repaired, the furniture of pages goes, and both are told."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.cleaning import clean
from luoshi.rulebook.official.lines import Line, Position
from tests.unit.rulebook.official.texts import lines_of


def cleaned(text: str) -> tuple[list[str], list[tuple[str, dict[str, object]]]]:
    findings = Findings()
    lines = clean(lines_of(text), findings)
    return [line.text for line in lines], [(finding.code, finding.facts) for finding in findings]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("(一) 到 2020 年底", "（一）到2020年底"),
        ("一、\u3000目标\u200b 任务", "一、目标任务"),
        ("下载 “社会扶贫” APP  并 use  it", "下载“社会扶贫”APP并use it"),
        ("⑴补助", "（1）补助"),
        ("⒈补助", "1.补助"),
        ("-、目标", "一、目标"),
        ("（—）补助", "（一）补助"),
    ],
)
def test_signs(written: str, read: str) -> None:
    assert cleaned(written) == ([read], [])


def test_wide_digits_are_told() -> None:
    assert cleaned("给予２万元\n５０％") == (["给予2万元", "50%"], [("TEXT-011", {"count": 2})])


def test_document_numbers() -> None:
    texts, findings = cleaned("依据某市发[2018]007号、某市办发〔2018〕8号、某政（2019）第3号")
    assert texts == ["依据某市发〔2018〕7号、某市办发〔2018〕8号、某政〔2019〕3号"]
    assert findings == [
        ("TEXT-012", {"seen": "[2018]007号", "expected": "〔2018〕7号"}),
        ("TEXT-012", {"seen": "（2019）第3号", "expected": "〔2019〕3号"}),
    ]


def test_furniture_goes() -> None:
    text = "浏览量: 12\n发布时间：2020-01-02\n一、目标\n开通微信公众号。\n（一）开通微信公众号\n相关政策\n— 3 —\n\u200b"
    texts, findings = cleaned(text)
    assert texts == ["一、目标", "开通微信公众号。", "（一）开通微信公众号"]
    assert findings == [("TEXT-010", {"count": 4, "seen": "浏览量: 12"})]


def test_heads_and_feet_of_pages_go() -> None:
    pages = [["某市文件", f"第{page}段。", "12", f"第{page}页共3页"] for page in (1, 2, 3)]
    lines = [Line(text, Position("a.pdf", 1, page)) for page, texts in enumerate(pages, 1) for text in texts]
    findings = Findings()
    assert [line.text for line in clean(lines, findings)] == ["第1段。", "第2段。", "第3段。"]
    assert findings[0].facts["count"] == 9


def test_a_long_line_is_no_furniture() -> None:
    text = "扫描二维码" * 20
    assert cleaned(text) == ([text], [])
