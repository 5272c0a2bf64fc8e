"""The engines by name, and variants of how they are run."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

ENGINES = ("luoshi_sql", "luoshi_native", "numpy_hand", "duckdb_hand", "openfisca_lean", "openfisca_idiomatic", "zen")
ON_REQUEST = ("luoshi_spark",)
"""Compared only when named: it needs Java."""
ORACLE = "numpy_hand"
SAMPLED = "zen"
WRITERS = {"luoshi_sql", "luoshi_native", "luoshi_spark"}
LIMITED = {"luoshi_sql", "luoshi_native", "luoshi_spark", "duckdb_hand"}
TUNED_ALLOCATOR = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "100000000000"}
PREPARED = ("cached", "kept")
"""Variants for which `bench.peers.luoshi_native` is called first, and not measured."""
THREADS = {"numpy_hand": 1, "openfisca_lean": 1, "openfisca_idiomatic": 1, "zen": 1}


def split_name(spec: str) -> tuple[str, dict[str, str]]:
    """An engine and the environment of a variant: `numpy_hand@malloc` keeps freed memory in the process.

    `luoshi_native@cached` finds its code compiled, `luoshi_native@kept` its registers taken in, too.
    """
    name, _, variant = spec.partition("@")
    known = {"", "malloc", *(PREPARED if name == "luoshi_native" else ())}
    if name not in ENGINES + ON_REQUEST or variant not in known:
        raise ValueError(f"{spec}: known are {', '.join(ENGINES + ON_REQUEST)}, each with or without @malloc")
    return name, {"LUOSHI_BENCH": variant} if variant in PREPARED else TUNED_ALLOCATOR if variant else {}


def module_of(name: str) -> ModuleType:
    """The module of an engine."""
    return import_module(f"bench.peers.{name}")
