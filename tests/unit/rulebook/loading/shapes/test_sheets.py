"""Sheets as written: what each must say."""

from __future__ import annotations

import pytest

from tests.unit.rulebook.packs import document, expected, seen, try_blocks

WHOLE = {"title": "BOTH", "of": "part", "owner": "thing", "every": "month", "asked": "[good]", "by": "[o]"}
SOURCE = "{sheet: s, field: next, through: thing}"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"period": "day", "source": SOURCE},
        {"period": "day", "asked": "[]"},
        {"period": "day", "by": "[]"},
        {"period": "day", "confirmed_by": "[]"},
        {"period": "day", "every": "week"},
        {"period": "day", "days": "sunny"},
    ],
)
def test_what_is_refused(said: dict[str, str]) -> None:
    keys = {**WHOLE, "confirmed_by": "[o]", **said}
    blocks = "sheet\nx: {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}  # PACK-033\n"
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))
