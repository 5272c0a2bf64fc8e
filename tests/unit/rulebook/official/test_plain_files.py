"""Plain files in the encodings that official copies come in."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.plain_files import decoded, plain_lines
from tests.unit.rulebook.packs import codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert decoded("目标㐀".encode(encoding)) == "目标㐀"


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"\xff\xfe\x00", b"a\0b"])
def test_what_is_no_text(content: bytes) -> None:
    findings = Findings()
    assert plain_lines(content, "a.txt", findings) == []
    assert codes(findings) == ["TEXT-004"]


def test_blank_lines_are_gaps() -> None:
    lines = plain_lines("一\r\n二\n \n\n三\f四".encode(), "a.txt", Findings())
    assert [(line.text, line.at.line, line.apart) for line in lines] == [
        ("一", 1, True),
        ("二", 2, False),
        ("三", 5, True),
        ("四", 6, False),
    ]
