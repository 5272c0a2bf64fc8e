"""Titles of official documents."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.pieces import cut
from luoshi.rulebook.official.titles import bare, is_attachment, is_number, title_at
from tests.unit.rulebook.official.texts import lines_of


def title(text: str) -> tuple[str, int]:
    return title_at(cut(lines_of(text), Findings()), 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("关于扶持小店的实施意见", ("关于扶持小店的实施意见", 1)),
        (
            "关于加快小店\n\n发展的意见（试行）\n\n（征求意见稿）\n\n为扶持小店。",
            ("关于加快小店发展的意见（试行）（征求意见稿）", 3),
        ),
        ("某市办发〔2018〕7号《关于小店的通知》", ("关于小店的通知", 1)),
        ("关于小店的通知\n小店", ("关于小店的通知", 1)),
        ("意见", ("", 0)),
        ("关于小店的意见已经同意。", ("", 0)),
        ("2020年3月5日\n关于小店的意见", ("", 0)),
        ("一、小店管理办法", ("", 0)),
        ("字" * 121 + "意见", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_titles(text: str, found: tuple[str, int]) -> None:
    assert title(text) == found


def test_what_stands_around_titles() -> None:
    assert is_number("某市办发〔2018〕7号") and not is_number("见某市办发〔2018〕7号文件")
    assert is_attachment("附件1") and is_attachment("附件：") and not is_attachment("附件：名单")
    assert bare("《甲》和《乙》") == "《甲》和《乙》"
