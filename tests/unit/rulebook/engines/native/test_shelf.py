"""Columns on a shelf are those that were put there, and take memory only while they are looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from luoshi.rulebook.engines.native.shelf import Shelf, as_cells, as_column


@pytest.mark.parametrize(
    "cells",
    [
        np.array([1, -1], np.int8),
        np.array([7, -(2**31)], np.int32),
        np.array([2**62], np.int64),
        np.array([[1, 2], [3, 4], [5, 6]], np.int64),
        np.empty(0, np.int32),
    ],
)
def test_cells(cells: Any, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for found in (as_cells(shelf.put("x.y", as_column(cells))), as_cells(Shelf(tmp_path).get("x.y"))):
        assert found.dtype == cells.dtype and found.tolist() == cells.tolist()
    shelf.release()
    assert as_cells(shelf.get("x.y")).tolist() == cells.tolist()


def test_texts(tmp_path: Path) -> None:
    texts = pa.array(["县", "", "x"])
    assert Shelf(tmp_path).put("x.id", texts) == texts


@pytest.mark.parametrize("content", [b"", b"nonsense", b"ARROW1\0\0"])
def test_what_is_no_column(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.arrow").write_bytes(content)
    with pytest.raises(ValueError):
        Shelf(tmp_path).get("x")
