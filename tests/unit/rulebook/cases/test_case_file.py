"""A case as it is written: what is read, and what is refused at which line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.rulebook.cases.case_file import MOST_BYTES, load_case
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.values.calendar import NEVER
from tests.unit.rulebook.packs import POLICY, case_of, expected, pack_of, seen, try_case

FACTS = """fact
big: {of: thing, value: size > 5}
fair: {of: thing, judgement: bool}
near_by: {of: firm, judgement: bool}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of(FACTS)


def test_a_case_with_everything(pack: Pack) -> None:
    case = case_of(
        pack,
        "subject: thing\n"
        "fields: {size: 6, price: 1.50, firm: {area: '331124'}, colour: red, label: null}\n"
        "rows:\n  part: [{paid: 1.00}, {paid: 2.00}]\n"
        "parameters: {strict: false, share: {value: 0.50, by: county, document: 文}}\n"
        "judgements: {fair: true}\ngiven: {big: false}\n",
    )
    assert (case.subject, case.subject_id) == ("thing", "this")
    row = case.store.row("thing", "this")
    assert row == {
        "ended": NEVER,
        "size": 6,
        "price": Decimal("1.50"),
        "firm": "firm-1",
        "colour": "red",
        "fair": True,
        "big": False,
    }
    assert case.store.members("part", ("thing",), "thing", "this") == ["part-1", "part-2"]
    assert [(item.name, item.value, item.area) for item in case.local] == [
        ("strict", False, ""),
        ("share", Decimal("0.50"), "331124"),
    ]


def test_a_case_may_have_no_subject(pack: Pack) -> None:
    case = case_of(pack, "rows: {firm: [{}]}\n")
    assert (case.subject, case.subject_id, case.local) == (None, None, ())


def test_an_area_is_by_default_the_jurisdiction() -> None:
    case = case_of(pack_of(FACTS), "subject: area\nparameters: {share: {value: 0.5, by: city, document: 文}}\n")
    assert case.subject_id == "3311"
    assert case.local[0].area == "3311"
    nowhere = pack_of(FACTS, policy=POLICY.replace('jurisdiction: "3311"\n', ""))
    assert case_of(nowhere, "subject: area\nfields: {id: '331124'}\n").subject_id == "331124"
    assert seen(try_case(nowhere, "subject: area\n")[1], "case.yaml") == [("CASE-017", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "# CASE-002\n",
        "- subject  # CASE-002\n",
        "thing  # CASE-002\n",
        "subject: thing\nfield: {}  # CASE-003\n",
        "subject: thng  # CASE-011\n",
        "subject: [thing]  # CASE-011\n",
        "subject: {a: b}  # CASE-011\n",
        "subject: thing\nfields: big  # CASE-012\n",
        "subject: thing\nrows: [part]  # CASE-012\n",
        "subject: thing\nfields: {id: [x]}  # CASE-017\n",
        "subject: area\nfields: {id: Lishui}  # CASE-015\n",
        "subject: area\nrows: {area: {'33112': {}}}  # CASE-015\n",
        "subject: thing\njudgements: {fare: true}  # CASE-013\n",
        "subject: thing\njudgements: {near_by: true}  # CASE-013\n",
        "subject: thing\ngiven:\n  size: 5  # CASE-013\n",
        "subject: thing\njudgements: {fair: perhaps}  # CASE-015\n",
        "subject: thing\nfields:\n  size: 5\n  sise: 5  # CASE-018\n",
        "subject: thing\nfields:\n  size: five  # CASE-015\n",
        "subject: thing\nfields: {colour: pink}  # CASE-015\n",
        "subject: thing\nrows:\n  parts: []  # CASE-011\n",
        "subject: thing\nparameters:\n  leest: 5  # CASE-004\n",
        "subject: thing\nparameters: {least: 6}  # CASE-010\n",
        "subject: thing\nparameters: {strict: perhaps}  # CASE-015\n",
        "subject: thing\nparameters: {spoken: true}  # CASE-004\n",
        "subject: thing\nparameters: {share: {value: 0.51, by: county, document: 文}}  # CASE-007\n",
        "subject: thing\nparameters: {share: {value: 0.50, by: village, document: 文}}  # CASE-008\n",
        "subject: thing\nparameters: {share: {value: 0.50, by: county}}  # CASE-009\n",
        "subject: thing\nparameters: {share: {valeu: 0.50}}  # CASE-014\n",
    ],
)
def test_what_is_refused(pack: Pack, text: str) -> None:
    assert expected(text)
    _, findings = try_case(pack, text)
    assert seen(findings, "case.yaml") == expected(text)


def test_every_problem_is_found_at_once(pack: Pack) -> None:
    text = "subject: thing\nfields:\n  sise: 5  # CASE-018\n  size: x  # CASE-015\nrow: {}  # CASE-003\n"
    assert seen(try_case(pack, text)[1], "case.yaml") == expected(text)


def test_what_is_said_about_a_wrong_value(pack: Pack) -> None:
    _, findings = try_case(pack, "subject: thing\nfields:\n  colour: pink\n  price: 0.001\n")
    assert [finding.facts for finding in findings] == [
        {"name": "colour", "seen": "pink", "expected": ("red", "green", "blue")},
        {"name": "price", "seen": "0.001", "expected": "at most so many decimal places (2)"},
    ]


def refusal(path: Path, pack: Pack) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        load_case(path, pack)
    return refused.value.findings[0].code, refused.value.findings[0].facts


def test_a_case_file(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfsubject: thing\nfields: {born: 2019-07-14}\n")
    assert load_case(path, pack).store.row("thing", "this") == {"born": date(2019, 7, 14), "ended": NEVER}


def test_a_case_file_that_cannot_be_read(pack: Pack, tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.yaml", pack) == ("CASE-001", {"problem": "No such file or directory"})
    assert refusal(tmp_path, pack) == ("CASE-001", {"problem": "Is a directory"})
    path = tmp_path / "case.yaml"
    path.write_bytes(b"subject: \xff\n")
    assert refusal(path, pack) == ("PACK-002", {"byte": 9})
    path.write_text("subject: [\n")
    assert refusal(path, pack)[0] == "PACK-010"
    path.write_text("subject: thng\n")
    assert refusal(path, pack)[0] == "CASE-011"


def test_the_size_of_a_case_file_is_bounded(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    text = "subject: thing\n# "
    path.write_text(text + "x" * (MOST_BYTES - len(text)))
    assert load_case(path, pack).subject == "thing"
    path.write_text(text + "x" * (MOST_BYTES + 1 - len(text)))
    assert refusal(path, pack) == ("PACK-003", {"size": MOST_BYTES + 1, "most": MOST_BYTES})
