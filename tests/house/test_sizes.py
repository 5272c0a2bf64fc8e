"""Files stay small enough to be read in one go. Functions are measured by ruff (PLR0915, C901, PLR0913)."""

from pathlib import Path

import pytest

from tools.repository import below, text_of

TALK, REFUSE = 300, 500  # aim at 150
TALKED_ABOUT = {
    "src/luoshi/rulebook/model/blocks.py": "every block of a pack on one page: plain frozen classes without code",
    "src/luoshi/rulebook/model/build.py": "all typing rules in one place; one short function for each node kind",
    "src/luoshi/rulebook/model/nodes.py": "the whole language on one page: plain frozen classes without code",
    "tests/office/awards/test_rounds.py": "a round from its opening to its winners, with every refusal on the way",
    "tests/office/exchange/test_imports.py": "one city is installed for all of it, which takes longer than the tests",
    "tests/office/portal/test_pages.py": "every page of the public site, over one made-up village",
    "tests/office/sheets/test_entering.py": "a sheet from its opening to its rows, with every refusal on the way",
}
MIGRATIONS = "migrations"
"""The folders of what Django writes down of models, which are looked at themselves."""
PYTHON = [path for path in below("src", "tests", "tools", "bench", suffix=".py") if MIGRATIONS not in path.parts]


def lines(path: Path) -> int:
    return len(text_of(path).splitlines())


def test_something_was_looked_at() -> None:
    assert len(PYTHON) > 20


def test_a_file_is_short_or_was_talked_about() -> None:
    most = {path: REFUSE if str(path) in TALKED_ABOUT else TALK for path in PYTHON}
    long = {str(path): lines(path) for path in PYTHON if lines(path) > most[path]}
    assert long == {}, "split it by noun (aim at 150)"


@pytest.mark.parametrize("name", TALKED_ABOUT)
def test_the_list_of_long_files_is_not_out_of_date(name: str) -> None:
    assert Path(name) in PYTHON and lines(Path(name)) > TALK, f"{name} no longer needs its place in the list"
