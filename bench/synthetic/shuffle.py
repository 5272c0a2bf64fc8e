"""A pseudo-random permutation of 0..size-1 that needs no memory: a Feistel network with cycle walking."""

from __future__ import annotations

import numpy as np

_FACTORS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93)


class Shuffle:
    """Maps each number below `size` to another one, each exactly once."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.half = max(1, ((size - 1).bit_length() + 1) // 2)
        self.seed = np.uint64(seed)

    def __call__(self, numbers: np.ndarray) -> np.ndarray:
        """The images of `numbers`."""
        result = self._once(numbers.astype(np.uint64))
        outside = np.flatnonzero(result >= self.size)
        while outside.size:
            result[outside] = self._once(result[outside])
            outside = outside[result[outside] >= self.size]
        return result.astype(np.int64)

    def _once(self, numbers: np.ndarray) -> np.ndarray:
        shift, mask = np.uint64(self.half), np.uint64((1 << self.half) - 1)
        left, right = numbers >> shift, numbers & mask
        for turn, factor in enumerate(_FACTORS):
            mixed = (right + self.seed + np.uint64(turn)) * np.uint64(factor)
            left, right = right, left ^ ((mixed >> np.uint64(29)) & mask)
        return (left << shift) | right
