"""A form to fill in, and files made cell by cell as people's programs make them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from luoshi.office.exchange.books import Form, form_of
from luoshi.rulebook.loading import load_pack, shipped_packs
from luoshi.rulebook.model.blocks import Pack

Rows = Sequence[Sequence[Any]]
Made = Callable[..., Path]
OLD = Path(__file__).parent / "old.xls"
"""Made with xlwt: a title above the titles, text and number ids, a formula, merged and hidden cells, an error."""
OPTIONS = {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
ID, OTHER_ID = "990000199003070005", "990000199003070021"


@pytest.fixture(scope="session")
def lishui() -> Pack:
    """A shipped pack; its registers are the shared ones and a few of its own."""
    return load_pack("lishui-draft", examples=False)


@pytest.fixture(scope="session", params=shipped_packs())
def shipped(request: pytest.FixtureRequest) -> Pack:
    """Each shipped pack."""
    return load_pack(request.param, examples=False)


@pytest.fixture(scope="session")
def people(lishui: Pack) -> Form:
    """The form of people: an id, truths, a day, codes, a reference."""
    return form_of(lishui, "person")


@pytest.fixture(scope="session")
def households(lishui: Pack) -> Form:
    """The form of households: an amount of money in a year."""
    return form_of(lishui, "household")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes a workbook: its sheets by name, each as rows from the first on."""

    def write(sheets: dict[str, Rows], change: Callable[[Any, Any], None] | None = None) -> Path:
        path = tmp_path / "made.xlsx"
        with xlsxwriter.Workbook(str(path), OPTIONS) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for place, row in enumerate(rows):
                    sheet.write_row(place, 0, row)
                if change:
                    change(book, sheet)
        return path

    return write
