"""Sheets and statements: what they come to, and which fields a sheet may name."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.nodes import Follow
from luoshi.rulebook.model.sheets import Paid, Source
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

REGISTERS = """register
month_of:
  title: BOTH
  row: BOTH
  key: [thing, month]
  fields:
    thing: {type: ref, to: thing, title: BOTH}
    month: {type: date, title: BOTH}
    days: {type: int, unit: day, title: BOTH}
    served: {type: bool, title: BOTH}
    sum: {type: money, unit: CNY, title: BOTH}
    secret: {type: text, title: BOTH, sensitive: true}
    firm: {type: ref, to: firm, title: BOTH}
    plan: {type: ref, to: year_plan, title: BOTH}
share_of:
  title: BOTH
  row: BOTH
  key: [firm, whole]
  fields:
    firm: {type: ref, to: owned, title: BOTH}
    whole: {type: ref, to: month_of, title: BOTH}
    sum: {type: money, unit: CNY, title: BOTH}
    got: {type: date, blank: never, title: BOTH}
owned:
  title: BOTH
  row: BOTH
  fields: {thing: {type: ref, to: thing, title: BOTH}, name: {type: text, title: BOTH}}
year_plan:
  title: BOTH
  row: BOTH
  key: [firm, year]
  fields: {firm: {type: ref, to: firm, title: BOTH}, year: {type: int, title: BOTH}}
--- office
village: {title: BOTH, level: village}
township: {title: BOTH, level: township}
--- measure
m: {title: BOTH, for: thing, frequency: monthly, discretion: may, conditions: {a: good}}
other: {title: BOTH, for: firm, frequency: monthly, discretion: may, conditions: {a: "true"}}
"""
WHOLE = {
    "title": "BOTH",
    "of": "month_of",
    "owner": "thing",
    "period": "month",
    "every": "month",
    "asked": "[served, days]",
    "by": "[village]",
    "confirmed_by": "[township]",
}
SHARES = {
    **{key: value for key, value in WHOLE.items() if key != "period"},
    "of": "share_of",
    "owner": "firm",
    "source": "{sheet: s, field: whole, through: thing}",
    "asked": "[got]",
}


def written(name: str, keys: dict[str, str], mark: str = "") -> str:
    return f"{name}: {{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + f"}}{mark}\n"


def blocks_of(*sheets: str) -> str:
    return REGISTERS + "--- sheet\n" + "".join(sheets)


def test_a_sheet() -> None:
    said = {
        **WHOLE,
        "when": "good and born <= on_date",
        "filled": '{sum: "if(served, $grant, 0.00)", firm: thing.firm}',
        "found": '{plan: {firm: thing.firm, year: "year(month)"}}',
        "within": "5",
        "pays": "{measures: [m], amount: sum}",
        "stated": "false",
    }
    found = pack_of(blocks_of(written("s", said))).sheets["s"]
    assert (found.register, found.owner, found.period, found.source, found.every) == (
        "month_of", "thing", "month", None, "month",
    )  # fmt: skip
    assert (found.asked, [*found.filled], [*found.found["plan"]]) == (
        ("served", "days"), ["sum", "firm"], ["firm", "year"],
    )  # fmt: skip
    assert isinstance(found.filled["firm"], Follow)
    assert (found.by, found.confirmed_by, found.within, found.days) == (("village",), ("township",), 5, "working")
    assert (found.pays, found.stated) == (Paid(("m",), "sum"), False)
    assert len([*found.expressions()]) == 5


def test_a_sheet_that_rests_on_another() -> None:
    said = {**SHARES, "adds_up": "{sum: whole.sum}"}
    pack = pack_of(blocks_of(written("s", WHOLE), written("shares", said)))
    found = pack.sheets["shares"]
    assert found.source == Source("s", "whole", ("thing",))
    assert (found.period, [*found.adds_up]) == (None, ["sum"])
    assert {"s", "shares"} <= {block.id for block in pack.blocks()}


@pytest.mark.parametrize(
    "said",
    [
        {"owner": "days"},
        {"owner": "ghost"},
        {"period": "days"},
        {"asked": "[ghost]"},
        {"asked": "[secret]"},
        {"asked": "[firm]"},
        {"filled": '{secret: "thing.label"}'},
        {"found": "{days: {firm: thing.firm}}"},
        {"adds_up": "{served: 'true'}"},
        {"pays": "{measures: [m], amount: served}"},
    ],
)
def test_fields_that_cannot_stand_there(said: dict[str, str]) -> None:
    blocks = blocks_of(written("s", {**WHOLE, **said}, "  # PACK-066"))
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"asked": "[served, served]"}, "PACK-067"),
        ({"filled": '{served: "true"}'}, "PACK-067"),
        ({"found": "{firm: {}}", "filled": "{firm: thing.firm}"}, "PACK-067"),
        ({"owner": "firm"}, "PACK-068"),
        ({"found": "{plan: {firm: thing.firm}}"}, "PACK-068"),
        ({"when": "size"}, "EXPR-010"),
        ({"filled": '{sum: "thing.good"}'}, "EXPR-011"),
        ({"filled": '{sum: "thing.size"}'}, "EXPR-011"),
        ({"of": "ghost"}, "EXPR-033"),
        ({"by": "[ghost]"}, "PACK-062"),
        ({"confirmed_by": "[ghost]"}, "PACK-062"),
        ({"pays": "{measures: [ghost], amount: sum}"}, "PACK-062"),
        ({"pays": "{measures: [other], amount: sum}"}, "PACK-062"),
    ],
)
def test_what_is_refused(said: dict[str, str], code: str) -> None:
    blocks = blocks_of(written("s", {**WHOLE, **said}, f"  # {code}"))
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{sheet: ghost, field: whole, through: thing}", "PACK-062"),
        ("{sheet: shares, field: whole, through: thing}", "PACK-062"),
        ("{sheet: s, field: whole, through: name}", "PACK-066"),
        ("{sheet: s, field: whole, through: thing.firm.ghost}", "EXPR-030"),
    ],
)
def test_sources_that_lead_nowhere(source: str, code: str) -> None:
    blocks = blocks_of(written("s", WHOLE), written("shares", {**SHARES, "source": source}, f"  # {code}"))
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))


def test_a_statement() -> None:
    lines = '{price: {title: BOTH, value: price}, dear: {title: BOTH, value: "price + $grant", adds_up: false}}'
    found = pack_of(f"statement\nst: {{title: BOTH, of: thing, lines: {lines}}}\n").statements["st"]
    assert (found.register, [(line.id, line.adds_up) for line in found.lines]) == (
        "thing", [("price", True), ("dear", False)],
    )  # fmt: skip


def test_a_figure_that_is_no_number() -> None:
    blocks = "statement\nst: {title: BOTH, of: thing, lines: {good: {title: BOTH, value: good}}}  # EXPR-010\n"
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))


MOVED = {
    "fund": "kitty",
    "opening": "sum",
    "comes": "{of: share_of, through: whole, amount: sum, day: got}",
    "goes": '{of: spent_of, through: whole, amount: sum, day: got, when: "served and whole.served"}',
    "by": "[township]",
}
SPENT = """--- register
spent_of:
  title: BOTH
  row: BOTH
  fields:
    whole: {type: ref, to: month_of, title: BOTH}
    sum: {type: money, unit: CNY, title: BOTH}
    got: {type: date, title: BOTH}
    served: {type: bool, title: BOTH}
--- fund
kitty: {title: BOTH, payer: silent}
"""


def accounted(mark: str = "", **said: str) -> str:
    moved = {**MOVED, **said}
    account = "{" + ", ".join(f"{key}: {value}" for key, value in moved.items() if value) + "}"
    lines = "{sum: {title: BOTH, value: sum}}"
    said_of = {"title": "BOTH", "of": "month_of", "lines": lines, "account": account}
    return REGISTERS + SPENT + "--- statement\n" + written("st", said_of, mark)


def test_the_account_of_a_statement() -> None:
    found = pack_of(accounted()).statements["st"]
    assert found.account is not None
    assert (found.account.fund, found.account.opening, found.account.by) == ("kitty", "sum", ("township",))
    assert (found.account.comes.register, found.account.comes.through, found.account.comes.when) == (
        "share_of", "whole", None,
    )  # fmt: skip
    assert (found.account.goes.amount, found.account.goes.day) == ("sum", "got")
    assert len([*found.expressions()]) == 2
    plain = pack_of(accounted(opening="")).statements["st"].account
    assert plain is not None and plain.opening is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"fund": "ghost"}, "PACK-062"),
        ({"by": "[ghost]"}, "PACK-062"),
        ({"opening": "served"}, "PACK-066"),
        ({"comes": "{of: share_of, through: firm, amount: sum, day: got}"}, "PACK-066"),
        ({"comes": "{of: share_of, through: whole, amount: got, day: got}"}, "PACK-066"),
        ({"comes": "{of: share_of, through: whole, amount: sum, day: sum}"}, "PACK-066"),
        ({"comes": "{of: ghost, through: whole, amount: sum, day: got}"}, "EXPR-033"),
        ({"goes": "{of: spent_of, through: whole, amount: sum, day: got, when: sum}"}, "EXPR-010"),
    ],
)
def test_accounts_that_cannot_be(said: dict[str, str], code: str) -> None:
    blocks = accounted(f"  # {code}", **said)
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))
