"""Workshops and spells of work."""

from __future__ import annotations

import numpy as np

from bench.synthetic.areas import village_codes
from bench.synthetic.columns import Batch
from bench.synthetic.people import Plan, add_loan
from bench.synthetic.shuffle import Shuffle

CURRENT_SHARE = 0.7
ZIPF = 0.6


def workshops(plan: Plan) -> Batch:
    """All workshops."""
    batch = Batch(plan.workshops, (plan.seed, 3))
    batch.ids(0)
    batch.chosen("area", village_codes(plan.villages), batch.between(0, plan.villages - 1))
    batch.codes("kind", ("factory", "processing", "cooperative", "home"), (0.3, 0.4, 0.2, 0.1), 0.02)
    batch.plain("owner", batch.between(0, plan.people - 1), 0.05)
    certified = batch.chance(0.75)
    batch.plain("certified", certified, 0.03)
    batch.dates("certified_date", plan.on_day - batch.between(0, 2000), 0.05, ~certified)
    batch.dates("opened_date", plan.on_day - batch.between(0, 3600), 0.04)
    batch.plain("wages_on_time", batch.chance(0.85), 0.05)
    batch.plain("safety_passed", batch.chance(0.9), 0.05)
    batch.plain("collective_owned", batch.chance(0.3), 0.02)
    batch.decimals("sales_year", batch.amounts(800_000, 50_000_000), 0.08)
    batch.decimals("floor_area", batch.between(3_000, 200_000), 0.06)
    batch.decimals("rent_month", np.where(batch.chance(0.5), batch.amounts(4_000, 60_000), 0), 0.07)
    batch.decimals("equipment_cost", batch.amounts(60_000, 3_000_000), 0.06)
    batch.decimals("power_kwh", batch.amounts(40_000, 900_000), 0.09)
    add_loan(batch, 0.5, 2_000_000, 84)
    return batch


class Jobs:
    """Spells of work in the order they were entered: workers and workshops in no order.

    Nobody has two current jobs: these take workers from a permutation of the working half of the people.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.current = int(plan.jobs * CURRENT_SHARE)
        self.entry = Shuffle(plan.jobs, plan.seed + 1)
        self.worker = Shuffle(plan.people // 2, plan.seed + 2)
        self.workshop = Shuffle(plan.workshops, plan.seed + 3)

    def rows(self, first: int, count: int) -> Batch:
        """The spells from `first` on."""
        plan, batch = self.plan, Batch(count, (self.plan.seed, 4, first))
        number = self.entry(np.arange(first, first + count))
        current = number < self.current
        batch.ids(first)
        chosen = np.where(current, number, batch.between(0, plan.people // 2 - 1))
        batch.plain("worker", 2 * self.worker(chosen))
        batch.plain("workshop", self._workshops(batch))
        start, end, open_ended = self._days(batch, current)
        batch.dates("start_date", start)
        batch.dates("end_date", end, empty=open_ended)
        batch.decimals("wage_month", 100_000 + batch.amounts(1_500, 20_000), 0.01)
        batch.plain("insured", batch.chance(0.65), 0.01)
        return batch

    def _workshops(self, batch: Batch) -> np.ndarray:
        """Few large and many small workshops: sizes fall with the rank to the power of `ZIPF`."""
        rank = self.plan.workshops * batch.random.random(batch.rows) ** (1 / (1 - ZIPF))
        return self.workshop(np.minimum(rank.astype(np.int64), self.plan.workshops - 1))

    def _days(self, batch: Batch, current: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Start, end, and whether the end is blank; a few begin on the day itself or end the day after."""
        on = self.plan.on_day
        start = on - np.where(batch.chance(0.02), 0, batch.between(0, 2400))
        length = batch.between(1, 900)
        end = np.where(current, on + length, np.minimum(start + length, on))
        start = np.where(current, start, np.minimum(start, end - 1))
        return start, end, current & batch.chance(0.85)
