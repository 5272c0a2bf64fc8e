"""Plans that do not fit their pack: every reason at once, each with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.model.types import Date, Number, Ref
from luoshi.sampling import load_plan

Refuse = Callable[..., list[Finding]]

BAD = """
registers:
  bakery: {rows: {total: 3}}
  household:
    fields:
      numbr: {serial: "H{n:03}"}
  person:
    rows: {each: shop}
    fields:
      born: {dates: {from: 2020-02-30, to: 2020-03-01}}
      sex: {choice: {femal: 1}}
      able: {normal: {mean: 1, sd: 1}}
  shop:
    rows: {total: 5}
    fields:
      area: "990199"
      owner: {pick: {register: person, where: {bron: {max: 2001-01-01}}}}
      opened: {dates: {from: 2020-01-01, to: 2020-01-31}, never: 0.5}
      closed: {dates: {from: 2020-01-01, to: 2020-01-31}, unknown: 0.5}
      floor: {field: sale.amount}
      staff: {value: 1.5}
      code: {serial: "no place for the number"}
irregularities:
  fault: {register: sale, rows: 3, set: {amount: 1}, note: {zh: 错, en: wrong}}
local:
  - {parameter: share, value: 0.4, areas: ["990101"], from: 2020-01-01, by: county, document: 甲〔2020〕1号}
  - {parameter: share, value: half, areas: ["9902"], from: 2020-01-01, by: county, document: 甲〔2020〕1号}
  - {parameter: shares, value: 0.6, areas: ["990101"], from: 2020-01-01, by: county, document: 甲〔2020〕1号}
"""


def test_all_at_once_with_lines(refused: Refuse) -> None:
    found = {(finding.code, finding.where.line) for finding in refused(BAD)}
    assert found == {
        ("SAMPLE-005", 4),  # no register bakery
        ("SAMPLE-009", 5),  # household: how many?
        ("SAMPLE-007", 7),  # numbr
        ("SAMPLE-006", 9),  # shop is sampled below person
        ("SAMPLE-012", 11),  # 30 February
        ("SAMPLE-012", 12),  # femal
        ("SAMPLE-011", 13),  # a bell curve of truths
        ("SAMPLE-012", 17),  # no such area
        ("SAMPLE-008", 18),  # bron
        ("SAMPLE-013", 19),  # opened cannot be open
        ("SAMPLE-013", 20),  # closed cannot be unknown
        ("SAMPLE-008", 21),  # a shop has no field sale
        ("SAMPLE-012", 22),  # 1.5 people
        ("SAMPLE-017", 23),  # no {n:}
        ("SAMPLE-006", 25),  # sale is not sampled
        ("CASE-007", 27),  # below the bound
        ("SAMPLE-014", 28),  # not in this city
        ("SAMPLE-015", 28),  # half is no rate
        ("CASE-004", 29),  # no such parameter
    }


def test_findings_say_what_was_seen_and_what_is_near(refused: Refuse) -> None:
    facts = {finding.code: finding.facts for finding in refused(BAD)}
    assert facts["SAMPLE-007"] == {"register": "household", "seen": "numbr", "near": "number"}
    assert facts["SAMPLE-009"] == {"register": "household"}
    assert facts["SAMPLE-011"]["expected"] == ("value", "choice", "field", "cases", "chance")
    assert facts["SAMPLE-017"] == {"name": "code", "seen": "no place for the number"}


def test_a_parent_must_be_reachable_by_one_reference(refused: Refuse) -> None:
    text = """
registers:
  household: {rows: {total: 3}}
  person: {rows: {each: household}}
  shop: {rows: {each: person}}
  sale: {rows: {each: household}}
"""
    found = {
        finding.facts["register"]: finding.facts["found"] for finding in refused(text) if finding.code == "SAMPLE-010"
    }
    assert found == {"shop": ["owner", "second"], "sale": []}


def test_what_rows_fill_is_not_drawn_again(refused: Refuse) -> None:
    text = """
registers:
  area: {fields: {name: {words: [[村]]}}}
  household:
    rows: {each: area}
    fields: {area: "990101"}
"""
    assert [(f.code, f.facts["name"]) for f in refused(text)] == [("SAMPLE-016", "name"), ("SAMPLE-016", "area")]


def test_irregularities_name_fields_that_are_drawn(refused: Refuse) -> None:
    text = """
registers:
  household: {rows: {total: 3}, fields: {poor: true}}
irregularities:
  a: {register: household, rows: 3, set: {por: false}, note: {zh: 错, en: wrong}}
  b: {register: household, rows: 3, share: income, note: {zh: 错, en: wrong}}
  c: {register: household, rows: 3, copy: {poor: perhaps}, where: {poor: perhaps}, note: {zh: 错, en: wrong}}
"""
    found = [(finding.code, finding.facts["seen"]) for finding in refused(text)]
    assert found == [
        ("SAMPLE-007", "por"),
        ("SAMPLE-007", "income"),
        ("SAMPLE-012", "perhaps"),
    ]


def test_without_a_list_of_divisions_there_is_no_city(refused: Refuse) -> None:
    assert [finding.code for finding in refused("on: 2020-01-01\n", head="")] == ["SAMPLE-014"]


def test_types_of_helpers_are_worked_out(planned: Callable[..., Path], tiny: Path) -> None:
    text = (tiny / "sample.yaml").read_text(encoding="utf-8")
    ready = load_plan(planned(text), load_pack(tiny))
    types = ready.reviewed.types
    assert list(types) == ["area", "household", "person", "shop", "sale"]
    assert isinstance(types["shop"]["_sales"], Number)
    assert isinstance(types["sale"]["_month"], Date)
    assert types["person"]["household"] == Ref("household")
    assert ready.reviewed.parents == {
        "area": None,
        "household": "area",
        "person": "household",
        "shop": None,
        "sale": "shop",
    }
