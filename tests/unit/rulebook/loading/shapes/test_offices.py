"""Offices as written: what each kind must say, and what it may not."""

from __future__ import annotations

import pytest

from tests.unit.rulebook.packs import document, expected, seen, try_blocks


@pytest.mark.parametrize(
    "office",
    [
        "{title: BOTH}",
        "{title: BOTH, level: parish}",
        "{title: BOTH, level: county, recorded_by: o}",
        "{title: BOTH, kind: applicant, level: county}",
        "{title: BOTH, kind: applicant, recorded_by: o}",
        "{title: BOTH, kind: applicant, department: finance}",
        "{title: BOTH, kind: outside}",
        "{title: BOTH, kind: outside, level: county, recorded_by: o}",
    ],
)
def test_what_is_refused(office: str) -> None:
    blocks = f"office\nx: {office}  # PACK-033\no: {{title: BOTH, level: county}}\n"
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))
