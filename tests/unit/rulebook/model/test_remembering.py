"""What was worked out of a pack is not worked out again, and never given for another pack."""

import gc
from dataclasses import replace

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.remembering import remembered


def test_it_is_worked_out_once_for_each_pack_and_forgotten_with_it() -> None:
    asked = []

    @remembered
    def count(pack: Pack) -> int:
        asked.append(pack.hash)
        return len(pack.registers)

    pack = load_pack("common", examples=False)
    assert count(pack) == count(pack) == len(pack.registers) > 0
    assert asked == [pack.hash]
    other = replace(pack, registers={})
    assert (count(other), count(pack), len(asked)) == (0, len(pack.registers), 2)
    del other
    gc.collect()
    assert count(replace(pack, registers={"person": pack.registers["person"]})) == 1
