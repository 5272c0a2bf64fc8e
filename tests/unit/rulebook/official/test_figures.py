"""Figures in Chinese and Arabic writing, exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.official.figures import figures


def found(text: str) -> list[str]:
    return [f"{figure.kind} {figure.value}" for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("给予2万元补助", ["money 20000"]),
        ("三千五百元", ["money 3500"]),
        ("1,200.50元", ["money 2401/2"]),
        ("5万元、2万元", ["money 50000", "money 20000"]),
        ("按不高于5元/平方米", ["money 5"]),
        ("利息的50%", ["share 1/2"]),
        ("上浮3个百分点", ["share 3/100"]),
        ("百分之二十五", ["share 1/4"]),
        ("三分之一", ["share 1/3"]),
        ("零分之一", []),
        ("半年以上", ["months 6"]),
        ("一年半", ["months 18"]),
        ("五万万年半", []),
        ("稳定3年", ["months 36"]),
        ("三至五年", ["months 36", "months 60"]),
        ("3-5年", ["months 36", "months 60"]),
        ("15个工作日", ["days 15"]),
        ("七日内", []),
        ("7日内", ["days 7"]),
        ("年满16周岁", ["count 16"]),
        ("2018年12月22日", ["date 2018-12-22"]),
        ("二〇一八年十二月二十二日", ["date 2018-12-22"]),
        ("2020-03-20 14:01:40", ["date 2020-03-20"]),
        ("到2020年底", ["date 2020-12-31"]),
        ("2025年年底", ["date 2025-12-31"]),
        ("从2018年开始", ["year 2018"]),
        ("2018-2020年", ["year 2018", "year 2020"]),
        ("某市发〔2018〕213号", ["number 2018-213"]),
        ("227.191兆瓦", ["count 227191"]),
        ("5千瓦", ["count 5"]),
        ("5名以上", ["count 5"]),
        ("1—2家", ["count 1", "count 2"]),
        ("一至两家", ["count 1", "count 2"]),
        ("至少一人", ["count 1"]),
        ("三名以上", ["count 3"]),
        ("36.53万人", ["count 365300"]),
        ("3月底前", []),
        ("八个文件", []),
        ("一般", []),
        ("万元", []),
        ("第2、3、4条", []),
        ("第三条第（一）至（五）款", []),
        ("“三年任务两年完成”", []),
        ("“5年”计划", ["months 60"]),
        ("《2018年办法》", []),
        ("COVID19期间", []),
        ("十九大", []),
        ("两年", ["months 24"]),
    ],
)
def test_figures(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_figures_are_shown_as_written() -> None:
    assert [figure.written for figure in figures("5名以上、3-4家、2万元、9")] == ["5名", "3-4家", "4家", "2万元", "9"]


@given(st.text(alphabet="0123456789.,一二十百千万亿年月日元%个半至-第分之〔〕号“”《》（）:名", max_size=60))
def test_any_signs(text: str) -> None:
    assert all(figure.key for figure in figures(text))
