"""The list of areas: one province, ten cities, a hundred counties, townships, villages."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

COUNTIES = 100
VILLAGES_PER_TOWNSHIP = 50
PROVINCE = "62"


def county_codes() -> list[str]:
    """The six-digit codes of all counties, in order."""
    return [f"{PROVINCE}{city:02d}{county:02d}" for city in range(1, 11) for county in range(1, 11)]


def village_codes(villages: int) -> list[str]:
    """The twelve-digit codes of all villages, spread evenly over the counties, in order."""
    counties, seen, codes = county_codes(), [0] * COUNTIES, []
    for village in range(villages):
        county = village * COUNTIES // villages
        township, place = divmod(seen[county], VILLAGES_PER_TOWNSHIP)
        seen[county] += 1
        codes.append(f"{counties[county]}{101 + township:03d}{200 + place:03d}")
    return codes


def area_table(codes: list[str], seed: int) -> pa.Table:
    """All areas with their levels; villages also say whether they are deeply poor, a few do not."""
    levels = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
    above = sorted({code[:length] for code in [*codes, *county_codes()] for length in (2, 4, 6, 9)})
    ids = sorted({*[code for code in above if len(code) in levels], *codes})
    draws = np.random.default_rng((seed, 9)).random(len(ids))
    deep = [None if len(code) < 12 or draw > 0.98 else bool(draw < 0.15) for code, draw in zip(ids, draws, strict=True)]
    return pa.table(
        {
            "id": pa.array(ids),
            "name": pa.array([f"area {code}" for code in ids]),
            "level": pa.array([levels[len(code)] for code in ids]),
            "deeply_poor": pa.array(deep, type=pa.bool_()),
        }
    )


def poverty(villages: int, seed: int) -> np.ndarray:
    """The share of poor households of each village."""
    return np.random.default_rng((seed, 8)).uniform(0.05, 0.40, villages)
