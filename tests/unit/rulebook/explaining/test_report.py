"""A decision as plain data: every key that screens and programmes read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import case_of, pack_of

ON = date(2019, 7, 14)
BLOCKS = """fact
judged: {of: thing, judgement: bool, title: {zh: 判断, en: judgement}}
--- fund
money: {title: BOTH, payer: county}
--- measure
m:
  title: {zh: 补助, en: grant measure}
  for: thing
  conditions:
    five: size >= $least
    strictly: {when: $strict, title: {zh: 从严办理, en: handled strictly}}
    judged: judged
  amount: price * 2
  funds: [money]
  frequency: once
  discretion: may
plain:
  title: BOTH
  for: thing
  conditions: {c: good}
  amount: size
  benefit: {zh: 优先, en: priority}
  stacking: {rule: exclusive}
  frequency: once
  discretion: must
--- award
best: {title: BOTH, for: thing, conditions: {c: good}, chosen_by: BOTH, frequency: once, discretion: encouraged}
open:
  title: BOTH
  for: thing
  conditions: {c: next.firm.name = 'x'}
  amount: price * $share
  frequency: once
  discretion: may
--- limit
cap: {title: BOTH, of: thing, when: good, holds: {below: size < 5}, force: soft}
--- target
reach: {title: BOTH, of: thing, indicator: size, value: $least}
"""
CASE = "subject: thing\nfields: {size: 6, price: 1.50, good: true, next: {firm: {}}}\n"


def report(case: str = CASE, measure: str | None = None, *, simulated: bool = False) -> dict[str, Any]:
    pack = pack_of(BLOCKS)
    read = case_of(pack, case)
    engine = CaseEngine(pack, ON, Settings(pack, ON, read.local), as_if_in_force=simulated)
    decision = engine.decide(read.store, "thing", "this")
    told = Reporter(pack, ON, simulated=simulated).decision(decision, measure)
    assert json.loads(json.dumps(told)) == told
    return told


def of(told: dict[str, Any], name: str, key: str = "measures") -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in told[key] if item["id"] == name)
    return found


def test_what_is_said_about_the_whole() -> None:
    told = report()
    pack: Pack = pack_of(BLOCKS)
    assert (told["pack"], told["pack_hash"], told["on"]) == ("tiny", pack.hash, "2019-07-14")
    assert told["policy"] == {"zh": "小策", "en": "tiny policy"}
    assert (told["in_force"], told["simulated"]) == (True, False)
    assert told["subject"] == {"register": "thing", "title": {"zh": "物件", "en": "thing"}, "id": "this"}
    assert [item["id"] for item in told["measures"]] == ["m", "plain", "best", "open"]
    assert [item["id"] for item in told["checks"]] == ["cap", "reach"]


def test_an_open_measure_says_what_is_missing() -> None:
    found = of(report(), "m")
    assert (found["outcome"], found["amount"], found["unit"]) == ("undetermined", None, "CNY")
    assert (found["clause"], found["discretion"], found["funds"], found["stacking"]) == (
        "1/1",
        "may",
        ["money"],
        "silent",
    )
    assert found["missing"] == [{"kind": "judgement", "name": "judged", "title": {"zh": "判断", "en": "judgement"}}]
    assert [item["id"] for item in found["assumptions"]] == ["strict"]
    assert found["assumptions"][0]["reading"] == {"zh": "从严解释", "en": "read strictly"}
    assert found["changes"] == [{"condition": "judged", "zh": "查明：判断", "en": "settle: judgement"}]


def test_a_condition_has_its_state_and_reason_in_both_languages() -> None:
    five, strictly, judged = of(report(), "m")["conditions"]
    assert (five["name"], five["clause"], five["state"]) == ("five", "1/1", "met")
    assert five["reason"] == {
        "zh": "大小不少于下限（大小 6、下限 5）",
        "en": "size is at least least size (size 6, least size 5)",
    }
    assert five["title"] == five["requirement"] == {"zh": "大小不少于下限", "en": "size is at least least size"}
    assert strictly["title"] == {"zh": "从严办理", "en": "handled strictly"}
    assert five["values"]["en"][0] == {"title": "size", "value": "6", "source": "thing"}
    assert judged["state"] == "unknown"
    assert judged["missing"][0]["name"] == "judged"


def test_a_granted_measure_has_its_amount_as_text() -> None:
    found = of(report(CASE + "judgements: {judged: true}\n"), "m")
    assert (found["outcome"], found["amount"], found["changes"]) == ("eligible", "3.00", [])
    assert found["arithmetic"] == {
        "zh": "价格 × 2 = 1.50 元 × 2 = 3.00 元",
        "en": "price × 2 = 1.50 yuan × 2 = 3.00 yuan",
    }


def test_an_amount_that_is_a_count() -> None:
    found = of(report(), "plain")
    assert (found["amount"], found["unit"], found["stacking"]) == ("6", "", "exclusive")
    assert found["benefit"] == {"zh": "优先", "en": "priority"}


def test_an_award_is_chosen_by_somebody() -> None:
    found = of(report(), "best")
    assert (found["chosen_by"], found["amount"], found["unit"]) == ({"zh": "题", "en": "title"}, None, None)
    assert found["arithmetic"] is None
    assert of(report(), "open")["chosen_by"] is None


def test_a_refused_measure_says_what_would_change_it() -> None:
    found = of(report(CASE.replace("size: 6", "size: 2")), "m")
    assert found["outcome"] == "ineligible"
    assert found["arithmetic"] is None
    assert found["changes"][0] == {
        "condition": "five",
        "zh": "大小不少于下限（相差 3）",
        "en": "size is at least least size (short by 3)",
    }


def test_the_titles_of_what_is_missing() -> None:
    found = of(report(CASE + "judgements: {judged: true}\n"), "open")["missing"]
    assert [(item["kind"], item["name"], item["title"]["en"]) for item in found] == [
        ("fact", "firm.name", "name"),
        ("parameter", "share", "interest share"),
    ]


def test_limits_and_targets() -> None:
    told = report()
    cap, reach = of(told, "cap", "checks"), of(told, "reach", "checks")
    assert (cap["kind"], cap["state"], cap["force"]) == ("limit", "unmet", "soft")
    assert [item["name"] for item in cap["conditions"]] == ["below"]
    assert (reach["kind"], reach["state"], reach["force"]) == ("target", "met", None)
    assert [item["name"] for item in reach["conditions"]] == ["reached"]
    unasked = of(report(CASE.replace("good: true", "good: false")), "cap", "checks")
    assert (unasked["state"], unasked["conditions"]) == ("not_applicable", [])


def test_one_measure_alone() -> None:
    told = report(measure="plain")
    assert [item["id"] for item in told["measures"]] == ["plain"]
    assert told["checks"] == []


def test_many_decisions_may_be_told_by_one_reporter() -> None:
    pack = pack_of(BLOCKS)
    read = case_of(pack, CASE)
    decision = CaseEngine(pack, ON).decide(read.store, "thing", "this")
    reporter = Reporter(pack, ON)
    assert reporter.decision(decision) == reporter.decision(decision)


def test_a_simulation_is_marked() -> None:
    assert report(simulated=True)["simulated"] is True


def duty(done: str, fields: str) -> dict[str, Any]:
    pack = pack_of(f"duty\nd: {{title: BOTH, actor: BOTH, of: thing, done_when: {{zh: 建成, en: built}}, {done}}}\n")
    read = case_of(pack, f"subject: thing\nfields: {{{fields}}}\n")
    engine = CaseEngine(pack, ON)
    (told,) = engine.duties(engine.start(read.store), "thing", "this")
    found = Reporter(pack, ON).duty(told)
    json.dumps(found)
    return found


def test_a_duty_with_what_tells_of_it() -> None:
    found = duty("done: size > 5", "size: 5")
    assert (found["id"], found["kind"], found["state"]) == ("d", "duty", "not_done")
    (condition,) = found["conditions"]
    assert condition["title"] == {"zh": "建成", "en": "built"} and condition["state"] == "unmet"
    assert "5" in condition["reason"]["en"] and condition["missing"] == []


def test_a_duty_with_the_rows_that_it_is_about() -> None:
    found = duty("when: good, done: size > 5", "good: true")
    assert found["state"] == "unknown"
    assert [condition["state"] for condition in found["conditions"]] == ["met", "unknown"]
    assert [missing["name"] for missing in found["conditions"][1]["missing"]] == ["size"]
    assert [part["state"] for part in duty("when: good, done: size > 5", "good: false")["conditions"]] == ["unmet"]
