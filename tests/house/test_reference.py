"""The generated pages of the reference say what the code says."""

from pathlib import Path

import pytest

from tools.reference import CATALOGUE, FAMILIES, PAGES
from tools.repository import text_of


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_is_up_to_date(page: Path) -> None:
    assert text_of(page) == PAGES[page](), "run make docs"


def test_every_family_of_findings_has_a_part() -> None:
    assert {code.partition("-")[0] for code in CATALOGUE} <= set(FAMILIES)
