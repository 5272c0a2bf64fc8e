"""The folder of a simulation: there as a whole or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

WRITTEN = re.compile(r"changes|summary\.parquet|simulation\.xlsx|cost-(by-measure|by-area|curve)\.(svg|png|parquet)")


class SimulationFolder:
    """A folder made beside its final place and put there when everything has gone well.

    A folder already there is replaced, if it holds nothing but an earlier simulation.
    """

    def __init__(self, out: Path) -> None:
        self.out = out

    def __enter__(self) -> SimulationFolder:
        self._check_replaceable()
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._whole = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
        self.work, self.result = self._whole / "work", self._whole / "result"
        self.work.mkdir()
        self.result.mkdir()
        return self

    def _check_replaceable(self) -> None:
        if self.out.exists() and (
            not self.out.is_dir() or any(not WRITTEN.fullmatch(path.name) for path in self.out.iterdir())
        ):
            raise FileExistsError(self.out)

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._check_replaceable()
                if self.out.exists():
                    self.out.rename(self._whole / "before")
                self.result.rename(self.out)
        finally:
            shutil.rmtree(self._whole, ignore_errors=True)
