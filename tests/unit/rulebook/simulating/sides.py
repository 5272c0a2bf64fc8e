"""A tiny pack with a measure of each kind, four things in two counties, and the sides of simulations over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Findings, Refused
from luoshi.rulebook.simulating import Overlay, Side, Simulation, applied, read_settings, simulate
from tests.unit.rulebook.packs import case_of, pack_of

ON = date(2019, 7, 14)
FLAGS = "frequency: once, discretion: may"
BLOCKS = f"""measure
grant-in-aid:
  title: {{zh: 补助, en: grant in aid}}
  for: thing
  conditions: {{big: size >= $least, sound: sound_parts or not $strict}}
  amount: price * $share
  funds: [own, other]
  {FLAGS.replace(", ", chr(10) + "  ")}
flat: {{title: {{zh: 定额, en: flat}}, for: thing, conditions: {{good: good}}, amount: $grant, funds: [own], {FLAGS}}}
old:
  title: {{zh: 旧项, en: the old one}}
  for: thing
  conditions: {{good: good}}
  amount: $grant
  {FLAGS.replace(", ", chr(10) + "  ")}
  valid: {{to: 2018-12-31}}
beside: {{title: BOTH, for: firm, conditions: {{named: name = 'f'}}, {FLAGS}}}
follower: {{title: BOTH, for: thing, conditions: {{first: "eligible('flat') and lookup(bands, size) > 0"}}, {FLAGS}}}
aged: {{title: BOTH, for: thing, conditions: {{aged: "months_between(born, on_date) >= $half"}}, {FLAGS}}}
--- award
best:
  title: {{zh: 评优, en: best}}
  for: thing
  conditions: {{big: size > $bar}}
  prize: $prize
  quota: $places
  per: county
  {FLAGS.replace(", ", chr(10) + "  ")}
whole: {{title: BOTH, for: thing, conditions: {{big: size > $bar}}, prize: price, quota: 2, {FLAGS}}}
open: {{title: BOTH, for: thing, conditions: {{big: size > $bar}}, prize: $prize, {FLAGS}}}
praise: {{title: BOTH, for: thing, conditions: {{big: size > $bar}}, {FLAGS}}}
--- fund
own: {{title: {{zh: 本级, en: own fund}}, payer: county}}
other: {{title: {{zh: 其他, en: other fund}}, payer: city}}
--- parameter
bar: {{title: {{zh: 门槛, en: bar}}, unit: item, 2000-01-01: 2}}
prize: {{title: BOTH, unit: CNY, 2000-01-01: 50.00}}
places: {{title: BOTH, unit: item, 2000-01-01: 1}}
idle: {{title: BOTH, unit: item, 2000-01-01: 1}}
first_day: {{title: BOTH, type: date, local: {{set_by: [county]}}}}
open_flag: {{title: BOTH, type: bool, local: {{set_by: [county]}}}}
--- fact
sound_parts: {{of: thing, title: {{zh: 部件合格, en: sound parts}}, all: part, where: good and judged}}
judged: {{of: part, judgement: bool, by: BOTH, title: {{zh: 审定, en: verdict}}}}
--- limit
cap: {{title: BOTH, of: thing, holds: {{below: size < 10}}, force: hard}}
"""
ROWS = """rows:
  area: {"331124": {name: 一县}, "331125": {name: 二县}}
  firm: {f: {area: "331124", name: f}, g: {area: "331125"}, h: {}}
  thing:
    a: {size: 6, price: 10.00, good: true, firm: f, born: 2019-01-14}
    b: {size: 4, price: 20.00, good: true, firm: g, born: 2019-02-01}
    c: {size: 5, price: 30.00, good: false, firm: f}
    d: {price: 40.00, good: true, firm: h}
  part:
    p: {thing: a, good: true, judged: true}
    q: {thing: b, good: true, judged: true}
    r: {thing: c, good: true}
"""
LOCAL = (LocalValue("share", Decimal("0.50"), "3311", document="文"),)


@cache
def pack(blocks: str = BLOCKS) -> Pack:
    """The tiny pack, or another."""
    return pack_of(blocks)


def edited(old: str, new: str) -> Pack:
    """The tiny pack with a passage replaced."""
    assert old in BLOCKS
    return pack(BLOCKS.replace(old, new))


def side(of: Pack | None = None, **more: Any) -> Side:
    """The side of the tiny pack, or another, on an ordinary day."""
    return Side(of or pack(), more.pop("on", ON), more.pop("local", LOCAL), **more)


@cache
def case() -> Case:
    """The four things as a case."""
    return case_of(pack(), ROWS)


def tables(*left_out: str) -> dict[str, pa.Table]:
    """The registers, some of them left out."""
    kept = {name: rows for name, rows in case().store.rows.items() if name not in left_out}
    return to_tables(pack(), kept)


def settings(*texts: str) -> Overlay:
    """An overlay that sets values."""
    findings = Findings()
    read = read_settings(texts, findings)
    assert not findings
    return Overlay(read)


def codes_of(before: Side, overlay: Overlay, other: Side | None = None) -> list[str]:
    """The codes for which an overlay is refused; empty when it is not."""
    return [finding.code for finding in findings_of(before, overlay, other)]


def findings_of(before: Side, overlay: Overlay, other: Side | None = None) -> Sequence[Finding]:
    """The findings for which an overlay is refused."""
    try:
        applied(before, overlay, other)
    except Refused as refused:
        return refused.findings
    return []


def simulated(before: Side, after: Side, folder: Path, *left_out: str) -> Simulation:
    """A simulation over the four things; results in `out`."""
    (folder / "work").mkdir(parents=True)
    return simulate(before, after, tables(*left_out), folder / "work", folder / "out")
