"""The registers of a pack in a database of each module's own."""

from collections.abc import Iterator

import pytest

from tests.office.casework import walking
from tests.office.casework.walking import Walker
from tests.office.casework.worked import PACK, draft


@pytest.fixture(scope="module")
def ground(apart_together: None) -> Iterator[None]:
    walking.begin(PACK)
    yield


@pytest.fixture
def walker(ground: None, database: None) -> Walker:
    return Walker(*draft())
