"""An example is answered the same by a pack that decides only what it expects something of."""

from __future__ import annotations

from luoshi.rulebook.checking.narrowing import measures_asked_about, narrowed
from tests.unit.rulebook.packs import pack_of

REST = "frequency: once, discretion: may"
PACK = f"""measure
grant: {{title: BOTH, for: thing, conditions: {{a: good}}, {REST}}}
again: {{title: BOTH, for: thing, conditions: {{a: "eligible('grant')"}}, {REST}}}
other: {{title: BOTH, for: thing, conditions: {{a: size > 1}}, {REST}}}
--- limit
cap: {{title: BOTH, of: thing, holds: {{a: size < 10}}, force: hard}}
--- target
enough: {{title: BOTH, of: area, level: city, indicator: count_of(firm), value: 1}}
--- integrity
odd: {{title: BOTH, of: thing, pattern: size > 5, follow_up: BOTH}}
--- duty
told: {{title: BOTH, actor: BOTH, of: thing, done: size > 5}}
"""


def test_measures_that_expressions_ask_about() -> None:
    assert measures_asked_about(pack_of(PACK)) == {"grant"}


def test_what_is_named_is_kept_and_what_is_asked_about() -> None:
    pack = pack_of(PACK)
    asked = measures_asked_about(pack)
    kept = narrowed(pack, {"again": {"outcome": "eligible"}, "odd": "found", "facts": {"n": 1}}, asked)
    assert (set(kept.measures), set(kept.integrity_checks)) == ({"grant", "again"}, {"odd"})
    assert (kept.limits, kept.targets) == ({}, {})
    assert kept.duties == {} and set(narrowed(pack, {"told": "done"}, asked).duties) == {"told"}
    kept = narrowed(pack, {"rounds": {"other": {"choice": "none"}}, "cap": "met", "enough": "met"}, asked)
    assert (set(kept.measures), set(kept.limits), set(kept.targets)) == ({"grant", "other"}, {"cap"}, {"enough"})
