"""Broken lines become paragraphs again."""

from __future__ import annotations

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.joining import join
from tests.unit.rulebook.official.texts import lines_of

FULL = "为扶持小店加快发展促进就业增收结合本市实际现就有关事项"


def joined(text: str) -> tuple[list[str], list[tuple[str, int, int]]]:
    findings = Findings()
    lines = join(lines_of(text), findings)
    return [line.text for line in lines], [(item.code, item.where.line, item.facts["count"]) for item in findings]


def test_full_lines_go_on() -> None:
    text = f"{FULL}\n{FULL}\n提出意见。\n一、目标"
    assert joined(text) == ([FULL + FULL + "提出意见。", "一、目标"], [("TEXT-013", 1, 2)])


def test_short_lines_and_gaps_end_a_paragraph() -> None:
    texts = ["小店的意见", FULL + "。", FULL, "一、目标"]
    assert joined(f"{texts[0]}\n{texts[1]}\n\n{texts[2]}\n{texts[3]}") == (texts, [])


def test_pieces_that_show_it() -> None:
    assert joined("给予补助，\n\n按年发放\n、及时。\n" + "字" * 70) == (
        ["给予补助，按年发放、及时。", "字" * 70],
        [("TEXT-013", 1, 2)],
    )


def test_letters_keep_a_blank() -> None:
    assert joined("采用（use,\nit）")[0] == ["采用（use,it）"]
    start, end = FULL + "use", "it" + FULL
    assert joined(f"{start}\n{end}")[0] == [f"{start} {end}"]


def test_nothing_to_join() -> None:
    assert joined("") == ([], [])
