"""Lost, wrong and missing numerals."""

from __future__ import annotations

import pytest

from tests.unit.rulebook.official.texts import ids, parsed


@pytest.mark.parametrize(
    ("text", "names", "told"),
    [
        ("一、甲\n乙。\n总体目标\n丙。\n三、丁", ["1/1", "1/2", "1/3"], [("TEXT-016", 3)]),
        ("总体目标\n丙。\n二、丁", ["1/1", "1/2"], [("TEXT-016", 1)]),
        ("一、甲\n乙。\n总体目标\n三、丁", ["1/1", "1/2", "1/3"], [("TEXT-016", 3)]),
        ("一、甲\n（一）子\n丑。\n卯\n寅。\n（三）辰", ["1/1", "1/1/1", "1/1/2", "1/1/3"], [("TEXT-016", 4)]),
        ("一、甲\n乙。\n三、丁", ["1/1", "1/3"], [("TEXT-019", 3)]),
        ("一、甲\n二、乙\n二、丙\n四、丁", ["1/1", "1/2", "1/3", "1/4"], [("TEXT-017", 3)]),
        ("一、甲\n三、乙\n三、丙", ["1/1", "1/2", "1/3"], [("TEXT-017", 2)]),
        ("一、甲\n二、乙\n二、丙", ["1/1", "1/2", "1/3"], [("TEXT-017", 3)]),
    ],
)
def test_repairs(text: str, names: list[str], told: list[tuple[str, int]]) -> None:
    found, findings = parsed(text)
    assert ([clause.id for clause in found.clauses()], findings) == (names, told)


def test_articles_are_counted_through_chapters() -> None:
    text = "第一章 甲\n第一条 子。\n第二条 丑。\n第二章 乙\n第三条 寅。\n（一）卯。"
    assert ids(text) == ["1/1", "1/1/1", "1/1/2", "1/2", "1/2/3", "1/2/3/1"]
    assert parsed(text)[1] == []
