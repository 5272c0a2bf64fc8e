"""Registers, parameters, tables, assumptions and funds: what they come to, and what they may not say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.loading.simple_blocks import MOST_ROWS
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Band
from luoshi.rulebook.model.types import BOOL, Code, Number, Unit
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

R = "register\nr:\n  title: BOTH\n  row: BOTH\n  fields:\n    x: {title: BOTH, %s}\n"
T = "table\nt:\n  title: BOTH\n  keys: {k: {%s}}\n  value: {unit: rate}\n  rows:\n    - %s\n"
BAND = "type: int, match: band"


def mark(text: str, code: str, line: int = 1) -> str:
    """The text with the finding expected on a line."""
    lines = text.splitlines()
    lines[line] += f"  # {code}"
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "blocks",
    [
        mark(R % "type: ref", "PACK-031"),
        mark(R % "type: code", "PACK-031"),
        mark(R % "type: int, blank: never", "PACK-043"),
        mark(R % "type: ref, to: ghost", "PACK-041"),
        mark(R % "type: money, unit: 'CNY per m2'", "PACK-045"),
        "register\nr: {row: BOTH, fields: {}}  # PACK-031\n",
        "register\nr: {title: BOTH, fields: {}}  # PACK-031\n",
        "register\nr: {title: BOTH, row: BOTH, key: [id, y], fields: {}}  # PACK-044\n",
        "register\nr: {title: BOTH, row: BOTH, area: place, fields: {}}  # EXPR-015\n",
        "register\nr: {title: BOTH, row: BOTH, area: x, fields: {x: {type: ref, to: firm, title: BOTH}}}  # EXPR-038\n",
        "register\nthing: {extends: thing, fields: {size: {type: int, title: BOTH}}}  # PACK-042\n",
        "register\nr: {extends: thing, fields: {}}  # PACK-042\n",
        "register\nr: {title: BOTH, row: BOTH, fields: {id: {type: int, title: BOTH}}}  # PACK-054\n",
        "register\nr: {extends: ghost, fields: {}}  # EXPR-033\n",
        "parameter\np: {title: BOTH, unit: CNY}  # PACK-046\n",
        "parameter\np: {title: BOTH, unit: rate, local: {set_by: [city], min: 0.6, max: 0.5}}  # PACK-047\n",
        "parameter\np: {title: BOTH, unit: rate, local: {set_by: [city], step: 0}}  # PACK-048\n",
        "parameter\np: {title: BOTH, unit: rate, local: {set_by: [city], step: -0.1}}  # PACK-048\n",
        "parameter\np: {title: BOTH, unit: CNY, 2019-02-29: 5}  # EXPR-045\n",
        "parameter\np: {title: BOTH, unit: CNY, 2019-02-28: a lot}  # EXPR-045\n",
        "parameter\np: {title: BOTH, unit: CNY, areas: {'3311': {2019-02-28: 0.001}}}  # EXPR-045\n",
        "parameter\np:\n  title: BOTH\n  unit: CNY\n  areas:\n    Lishui: {2019-02-28: 1}  # EXPR-045\n",
        "parameter\np: {title: BOTH, type: code, codes: {red: BOTH}, 2019-02-28: blue}  # EXPR-013\n",
        "parameter\np: {title: BOTH, unit: CNY, local: {set_by: [emperor]}}  # PACK-033\n",
        "assume\na: {title: BOTH, type: bool, reading: BOTH, alternatives: {true: BOTH}}  # PACK-049\n",
        "assume\na: {title: BOTH, type: bool, default: true, reading: BOTH, alternatives: [BOTH]}  # PACK-049\n",
        "assume\na: {title: BOTH, type: bool, default: maybe, reading: BOTH, alternatives: {}}  # EXPR-045\n",
        "assume\na: {title: BOTH, type: int, default: 1, reading: BOTH, alternatives: {x: BOTH}}  # EXPR-045\n",
        mark(T % ("type: int", "{k: 1}"), "PACK-050"),
        mark(T % ("type: int", "{k: 1, value: 0.1, note: x}"), "PACK-050"),
        mark(T % ("type: int", "{k: x, value: 0.1}"), "EXPR-045"),
        mark(T % ("type: int", "{k: {from: 1}, value: 0.1}"), "EXPR-045"),
        mark(T % ("type: int", "{k: 1, value: lots}"), "EXPR-045"),
        mark(T % (BAND, "{k: 1, value: 0.1}"), "PACK-051"),
        mark(T % (BAND, "{k: {form: 1}, value: 0.1}"), "PACK-051"),
        mark(T % (BAND, "{k: {to: 1, below: 2}, value: 0.1}"), "PACK-051"),
        mark(T % ("type: text, match: band", "{k: {to: x}, value: 0.1}"), "PACK-051"),
        mark(T % ("type: money, unit: '%'", "{k: 1, value: 0.1}"), "PACK-045"),
    ],
)
def test_what_is_refused(blocks: str) -> None:
    marked = expected(document(blocks))
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


def test_a_table_has_a_most_number_of_rows() -> None:
    def table(rows: int) -> str:
        listed = ", ".join(f"{{k: {number}, value: 0.1}}" for number in range(rows))
        return f"table\nt: {{title: BOTH, keys: {{k: {{type: int}}}}, value: {{unit: rate}}, rows: [{listed}]}}\n"

    assert len(pack_of(table(MOST_ROWS)).tables["t"].rows) == MOST_ROWS
    findings = try_blocks(table(MOST_ROWS + 1)).findings
    assert [finding.code for finding in findings] == ["PACK-053"]
    assert (findings[0].facts["seen"], findings[0].facts["most"]) == (MOST_ROWS + 1, MOST_ROWS)


def test_what_is_wrong_with_a_row_is_said_in_full() -> None:
    facts = try_blocks(T % ("type: int", "{key: 1}")).findings[0].facts
    assert facts == {"name": "t", "row": 1, "unknown": ["key"], "missing": ["k", "value"]}


@pytest.mark.parametrize(
    ("key", "cell", "band"),
    [
        (BAND, "{from: 1, to: 12}", Band(1, 13)),
        (BAND, "{from: 1, below: 13}", Band(1, 13)),
        (BAND, "{to: 12}", Band(None, 13)),
        (BAND, "{from: 13}", Band(13, None)),
        (BAND, "{}", Band(None, None)),
        (BAND, "{from: null, to: 0}", Band(None, 1)),
        ("type: money, match: band", "{to: 1.00}", Band(None, Decimal("1.01"))),
        ("type: date, match: band", "{from: 2019-12-31, to: 2019-12-31}", Band(date(2019, 12, 31), date(2020, 1, 1))),
    ],
)
def test_included_ends_become_open_ones(key: str, cell: str, band: Band) -> None:
    assert pack_of(T % (key, f"{{k: {cell}, value: 0.1}}")).tables["t"].rows[0].keys == (band,)


def test_a_register_and_its_fields() -> None:
    text = (
        R % "type: text, sensitive: true"
        + "    y: {title: BOTH, type: date, blank: never}\n  keeper: BOTH\n  key: [x]\n"
    )
    register = pack_of(text).registers["r"]
    assert register.keeper == Bilingual("题", "title")
    assert (register.key, register.area) == (("x",), ())
    assert register.fields["x"].sensitive and register.fields["x"].personal
    assert register.fields["y"].blank_never and not register.fields["y"].personal
    assert register.place.line == 6 and register.clause == "1/1"


def test_a_register_may_be_extended() -> None:
    pack = pack_of("register\nthing: {extends: thing, fields: {extra: {type: int, title: BOTH}}}\n")
    assert {"size", "extra"} <= set(pack.registers["thing"].fields)
    assert pack.registers["thing"].title.en == "thing"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("unit: item, 2000-01-01: 5", Number(0, Unit(), 1)),
        ("unit: item, 2000-01-01: 5, 2001-01-01: -12", Number(0, Unit(), 2)),
        ("unit: CNY, 2000-01-01: 200.00", Number(2, Unit.parse("CNY"), 5)),
        ("unit: CNY, 2000-01-01: 0.01", Number(2, Unit.parse("CNY"), 2)),
        ("unit: rate, local: {set_by: [city], min: 0.50, max: 1.00}", Number(4, Unit(), 5)),
        ("unit: rate, local: {set_by: [city], min: 0.50}", Number(4, Unit(), 8)),
        ("unit: rate, local: {set_by: [city]}", Number(4, Unit(), 8)),
        ("unit: CNY, areas: {'3311': {2000-01-01: 1000.00}}", Number(2, Unit.parse("CNY"), 6)),
        ("type: bool, 2000-01-01: true", BOOL),
        ("type: code, codes: {red: BOTH}, 2000-01-01: red", Code(("red",))),
    ],
)
def test_a_parameter_is_no_wider_than_its_values(written: str, kind: object) -> None:
    assert pack_of(f"parameter\np: {{title: BOTH, {written}}}\n").parameters["p"].type == kind


def test_the_values_of_a_parameter_are_in_order() -> None:
    definition = pack_of(
        "parameter\np: {title: BOTH, unit: item, ref: LP-1, 2010-01-01: 2, 2000-01-01: 1}\n"
    ).parameters["p"]
    assert definition.values == ((date(2000, 1, 1), 1), (date(2010, 1, 1), 2))
    assert (definition.ref, definition.local) == ("LP-1", None)


def test_an_assumption_by_value_and_in_words() -> None:
    pack = pack_of(
        "assume\na: {title: BOTH, ref: A1, type: code, default: x, reading: BOTH,"
        " alternatives: {y: BOTH}, decides: BOTH}\n"
        "b: {title: BOTH, reading: BOTH, alternatives: {one: BOTH}}\n"
    )
    switch, words = pack.assumptions["a"], pack.assumptions["b"]
    assert (switch.type, switch.default, switch.ref) == (Code(("x", "y")), "x", "A1")
    assert switch.alternatives == (("y", Bilingual("题", "title")),)
    assert switch.decides == Bilingual("题", "title")
    assert (words.type, words.default) == (None, None)
    assert words.alternatives == ((None, Bilingual("题", "title")),)


def test_a_fund() -> None:
    text = "fund\nm: {title: BOTH, payer: county, shortfall: [city, province], never_charged: [central]}\n"
    fund = pack_of(text).funds["m"]
    assert (fund.payer, fund.shortfall, fund.never_charged) == ("county", ("city", "province"), ("central",))
