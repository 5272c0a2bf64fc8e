"""Lines of text with names, and the divisions that a text asks for."""

from __future__ import annotations

from luoshi.rulebook.engines.native.assembly import Lines, divisions


def test_lines() -> None:
    out = Lines()
    assert (out.name("add i32 1, 2"), out.name("add i32 %v1, 3")) == ("%v1", "%v2")
    out.label("next")
    out.say("ret void")
    assert (out.block, out.lines[-2:]) == ("next", ["next:", "  ret void"])


def test_divisions_are_those_that_are_called() -> None:
    text = "%a = call i256 @udiv256(i256 %b, i256 %c)\n%d = call i128 @udiv128(i128 %e, i128 %f)\n%g = udiv i64 1, 2"
    assert [line.split("(")[0] for line in divisions(text).splitlines() if line.startswith("define")] == [
        "define internal i128 @udiv128",
        "define internal i256 @udiv256",
    ]
    assert divisions("ret void") == ""
