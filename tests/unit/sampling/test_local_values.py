"""Invented local values: written for the run, marked as invented, and such as a locality could have set."""

from __future__ import annotations

from pathlib import Path

import yaml


def test_they_are_written_one_by_one_and_marked(city: Path) -> None:
    text = (city / "local.yaml").read_text(encoding="utf-8")
    assert "虚构" in text.splitlines()[0]
    assert "Invented" in text.splitlines()[0]
    assert yaml.safe_load(text) == [
        {
            "parameter": "share",
            "value": "0.60",
            "area": "990101",
            "from": "2020-01-01",
            "by": "county",
            "document": "甲财〔2020〕1号",
        }
    ]
