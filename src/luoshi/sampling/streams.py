"""Streams of randomness: one per name, so that a new field or register does not reshuffle the others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Streams:
    """Generators for names, all from one seed."""

    seed: int

    def of(self, *names: str) -> np.random.Generator:
        """The generator of a name; the same name gives the same numbers again."""
        digest = hashlib.sha256("\0".join(names).encode()).digest()
        words = np.frombuffer(digest, dtype="<u4").tolist()
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, *words])))
