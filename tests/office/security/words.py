"""What the county of these tests is called, and the markup that somebody has written wherever one can write."""

from __future__ import annotations

from collections.abc import Mapping

from tests.office.casework.walking import VILLAGES

PACK, CITY, COUNTY, TOWNSHIP, NEIGHBOUR = "dingxi-2018", "6211", "621102", "621102103", "621123"
EVIL = "<img onerror=a>\"'{{7*7}}"
"""Runs where it is written into a page as it is: in its text, in an attribute, in a template."""
CARD = "62110219800101123X"
PHONE = "13800001234"
VILLAGE = VILLAGES[PACK]
PDF = b"%PDF-1.7\n%%EOF\n"
Kwargs = Mapping[str, object]
"""What the address of a route needs."""
