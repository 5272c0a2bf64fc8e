"""What an outline holds."""

from __future__ import annotations

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.nesting import nest
from luoshi.rulebook.official.outline import all_below
from luoshi.rulebook.official.pieces import cut
from tests.unit.rulebook.official.texts import lines_of, parsed


def test_a_single_document_under_another_number() -> None:
    text = parsed("一、甲\n（一）乙")[0].as_document(13)
    assert (text.documents[0].number, [clause.id for clause in text.clauses()]) == (13, ["13/1", "13/1/1"])


def test_headings_come_in_the_order_of_the_text() -> None:
    nested = nest(cut(lines_of("一、甲\n（一）乙\n二、丙"), Findings()), Findings())
    assert [heading.line.text for heading in all_below(nested.headings)] == ["甲", "乙", "丙"]
