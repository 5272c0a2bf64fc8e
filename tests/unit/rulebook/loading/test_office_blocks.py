"""Departments and offices: what they come to."""

from __future__ import annotations

from tests.unit.rulebook.packs import pack_of

BLOCKS = """department
finance: {title: {zh: 财政, en: finance}}
--- office
county-finance: {title: BOTH, level: county, department: finance}
township: {title: BOTH, level: township}
applicant: {title: BOTH, kind: applicant}
bank: {title: BOTH, kind: outside, recorded_by: county-finance}
"""


def test_departments_and_offices() -> None:
    pack = pack_of(BLOCKS)
    assert pack.departments["finance"].title.zh == "财政"
    assert {
        name: (item.kind, item.level, item.department, item.recorded_by) for name, item in pack.offices.items()
    } == {
        "county-finance": ("government", "county", "finance", None),
        "township": ("government", "township", None, None),
        "applicant": ("applicant", None, None, None),
        "bank": ("outside", None, None, "county-finance"),
    }


def test_they_are_blocks_that_norms_may_name() -> None:
    assert {"finance", "county-finance", "bank"} <= {block.id for block in pack_of(BLOCKS).blocks()}
