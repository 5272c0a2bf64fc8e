"""Text becomes code; the same text, machine and compiler have the same kept code."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from luoshi.rulebook.engines.native.compiling import library

TEXT = "define void @k(i64 %lo, i64 %hi, i64 %from, i64 %to, ptr %b) {\n  store i64 %hi, ptr %b\n  ret void\n}\n"


@pytest.mark.parametrize("fast", [False, True])
def test_code_runs_also_when_it_was_kept(fast: bool, tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path):
        cell = ctypes.c_int64(0)
        library(TEXT, ["k"], folder, fast=fast).functions["k"](0, 42, 0, 0, ctypes.addressof(cell))
        assert cell.value == 42
    assert len(list(tmp_path.iterdir())) == 1


def test_code_of_either_kind_is_kept_apart(tmp_path: Path) -> None:
    for fast in (False, True):
        library(TEXT, ["k"], tmp_path, fast=fast)
    library(TEXT.replace("%hi, ptr", "%lo, ptr"), ["k"], tmp_path, fast=True)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_text_that_means_nothing() -> None:
    with pytest.raises(RuntimeError):
        library("define nonsense", [], None, fast=False)
