"""The shipped packs are laid out as `luoshi fmt` lays out any pack."""

from __future__ import annotations

import pytest

from luoshi.rulebook.formatting.files import format_path
from luoshi.rulebook.loading.pack import shipped_folder


@pytest.mark.parametrize("name", sorted(path.name for path in shipped_folder().iterdir() if path.is_dir()))
def test_nothing_would_be_laid_out_otherwise(name: str) -> None:
    files = list(format_path(shipped_folder() / name))
    assert [file.path.name for file in files if file.is_changed or file.findings] == []
