"""`luoshi schema`: JSON Schema of one kind, or of all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from luoshi.command.schema import KINDS

Call = Callable[..., Any]


def test_one_kind(luoshi: Call) -> None:
    shown = json.loads(luoshi("schema", "measure").stdout)
    measure = shown["$defs"]["MeasureShape"]["properties"]
    assert shown["additionalProperties"] == {"$ref": "#/$defs/MeasureShape"}
    assert measure["for"]["description"] == "扶持哪个台账的行 · the register whose rows it supports"
    assert "once" in measure["frequency"]["enum"]


def test_files_of_a_pack(luoshi: Call) -> None:
    assert "jurisdiction" in json.loads(luoshi("schema", "policy").stdout)["properties"]
    assert "registers" in json.loads(luoshi("schema", "sample", "--json").stdout)["properties"]


def test_all_kinds(luoshi: Call) -> None:
    assert tuple(json.loads(luoshi("schema").stdout)) == KINDS


def test_an_unknown_kind(luoshi: Call) -> None:
    assert luoshi("schema", "mesure").exit_code == 2
