"""Changes as they are written: settings and ranges."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.simulating.overlay import Range, Setting, read_range, read_settings


def test_settings_are_read_with_and_without_an_area() -> None:
    findings = Findings()
    read = read_settings(["share=0.80", "share@331124=0.60", "label=a=b c"], findings)
    assert not findings
    assert read == (Setting("share", "0.80"), Setting("share", "0.60", "331124"), Setting("label", "a=b c"))
    assert [str(item) for item in read] == ["share=0.80", "share@331124=0.60", "label=a=b c"]


@pytest.mark.parametrize("text", ["share", "=1", "share=", "", "a b=1", "share@3311", "@3311=1"])
def test_what_sets_nothing_is_refused(text: str) -> None:
    findings = Findings()
    assert read_settings([text], findings) == ()
    assert [(finding.code, finding.facts["seen"]) for finding in findings] == [("SIM-003", text)]


def test_the_same_thing_is_set_once() -> None:
    findings = Findings()
    assert len(read_settings(["a=1", "a@33=1", "a=2"], findings)) == 2
    assert [(finding.code, finding.facts["name"]) for finding in findings] == [("SIM-005", "a")]


def test_an_empty_area_is_everywhere() -> None:
    assert read_settings(["a@=1"], Findings()) == (Setting("a", "1"),)


def test_a_range_is_read() -> None:
    findings = Findings()
    assert read_range("share@33=0.5:1:0.1", findings) == Range(Setting("share", "0.5:1:0.1", "33"), "0.5", "1", "0.1")
    assert not findings


@pytest.mark.parametrize(
    ("text", "code"),
    [("share=1:2", "SIM-010"), ("share=::", "SIM-010"), ("share=1:2:3:4", "SIM-010"), ("x", "SIM-003")],
)
def test_what_is_no_range_is_refused(text: str, code: str) -> None:
    findings = Findings()
    assert read_range(text, findings) is None
    assert [finding.code for finding in findings] == [code]
