"""Settings that suit a machine."""

import pytest

from luoshi.office.database.tuning import MOST, suited


@pytest.mark.parametrize(("memory", "kept"), [(256, 128), (8_000, 1_000), (512_000, MOST)])
def test_the_server_keeps_its_share_of_the_memory(memory: int, kept: int) -> None:
    assert suited(memory)[0] == f"shared_buffers={kept}MB"
    assert all("=0" not in setting for setting in suited(1))
