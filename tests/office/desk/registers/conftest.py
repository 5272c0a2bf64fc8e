"""The ground of a module's tests."""

import pytest

from tests.office.desk.registers import ground


@pytest.fixture(scope="module")
def registers(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The registers are there, in a database of the module's own."""
    ground.fill(tmp_path_factory.mktemp("ground") / "data")
