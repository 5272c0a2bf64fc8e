"""Output that is there as a whole or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self


def result_files(folder: Path, name: str) -> list[Path]:
    """The files of a table in a folder of results, in order: one, or one for each of its parts."""
    return sorted([*folder.glob(f"{name}.parquet"), *folder.glob(f"{name}.[0-9]*.parquet")])


class OutputFolder:
    """A folder made beside its final place and put there when everything has gone well.

    A folder already there is replaced, if it holds nothing but what may be written there: here, Parquet files.
    """

    WRITTEN: ClassVar[re.Pattern[str]] = re.compile(r".*\.parquet", re.DOTALL)

    def __init__(self, out: Path) -> None:
        self.out = out

    def __enter__(self) -> Self:
        self._check_replaceable()
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._work = Path(tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent))
        self.spill, self.result = self._work / "spill", self._work / "result"
        self.spill.mkdir()
        self.result.mkdir()
        return self

    def _check_replaceable(self) -> None:
        if self.out.exists() and (
            not self.out.is_dir() or any(not self.WRITTEN.fullmatch(path.name) for path in self.out.iterdir())
        ):
            raise FileExistsError(self.out)

    def files(self, name: str, parts: int = 1) -> list[Path]:
        """The files of the parts of a table while it is being written."""
        names = [name] if parts == 1 else [f"{name}.{number:04}" for number in range(1, parts + 1)]
        return [self.result / f"{part}.parquet" for part in names]

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._check_replaceable()
                if self.out.exists():
                    self.out.rename(self._work / "before")
                self.result.rename(self.out)
        finally:
            shutil.rmtree(self._work, ignore_errors=True)
