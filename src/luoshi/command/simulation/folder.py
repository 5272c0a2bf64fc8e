"""The folder of a simulation: there as a whole or not at all."""

from __future__ import annotations

import re
from typing import ClassVar

from luoshi.rulebook.bulk.writing import OutputFolder


class SimulationFolder(OutputFolder):
    """A folder that replaces nothing but an earlier simulation."""

    WRITTEN: ClassVar[re.Pattern[str]] = re.compile(
        r"changes|summary\.parquet|simulation\.xlsx|cost-(by-measure|by-area|curve)\.(svg|png|parquet)"
    )
