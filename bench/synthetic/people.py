"""Households and the people in them, one batch of whole households at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.synthetic.areas import poverty, village_codes
from bench.synthetic.columns import RATE, Batch

DAY_1900 = -25567


@dataclass(frozen=True)
class Plan:
    """The sizes of all registers that follow from the number of people."""

    people: int
    seed: int
    on_day: int

    @property
    def households(self) -> int:
        """Four people live in a household on average."""
        return self.people // 4

    @property
    def workshops(self) -> int:
        """One workshop per hundred people."""
        return max(1, self.people // 100)

    @property
    def jobs(self) -> int:
        """One spell of work per three people."""
        return self.people // 3

    @property
    def villages(self) -> int:
        """One village per thousand people."""
        return max(1, self.people // 1000)


class Homes:
    """Makes households and people batch by batch, in the order of villages and of households."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.codes = village_codes(plan.villages)
        self.poverty = poverty(plan.villages, plan.seed)

    def households(self, first: int, rows: int) -> tuple[Batch, np.ndarray]:
        """The households from `first` on, and which of them are poor."""
        batch = Batch(rows, (self.plan.seed, 1, first))
        village = np.arange(first, first + rows) * self.plan.villages // self.plan.households
        poor = batch.chance(self.poverty[village])
        batch.ids(first)
        batch.chosen("area", self.codes[village[0] : village[-1] + 1], village - village[0])
        batch.plain("registered_poor", poor)
        batch.plain("minimum_living", batch.chance(np.where(poor, 0.3, 0.02)), 0.01)
        batch.plain("cadre_family", batch.chance(0.04), 0.02)
        batch.plain("owns_car", batch.chance(np.where(poor, 0.03, 0.3)), 0.04)
        batch.decimals("other_income", batch.amounts(14_000, 400_000), 0.05)
        _house(batch)
        add_loan(batch, 0.3, 60_000, 48)
        moved = batch.chance(np.where(poor, 0.2, 0.01))
        batch.plain("relocated", moved, 0.01)
        batch.dates("relocation_date", self.plan.on_day - batch.between(0, 2500), 0.03, ~moved)
        batch.plain("water_safe", batch.chance(0.9), 0.03)
        return batch, poor

    def people(self, first_household: int, poor: np.ndarray) -> Batch:
        """The members of a batch of households, poor as these are but for a few."""
        rows = len(poor) * 4
        batch = Batch(rows, (self.plan.seed, 2, first_household))
        home = np.repeat(np.arange(len(poor)), _sizes(batch, len(poor)))
        batch.ids(first_household * 4)
        batch.plain("household", home + first_household)
        age = self._ages(batch)
        batch.dates("birth_date", age, 0.01)
        batch.codes("sex", ("female", "male"), (0.5, 0.5))
        batch.plain("registered_poor", poor[home] ^ batch.chance(0.01))
        _health(batch)
        _work(batch)
        return batch

    def _ages(self, batch: Batch) -> np.ndarray:
        """Days of birth: every other person is of working age, the rest are of any age."""
        years = np.where(np.arange(batch.rows) % 2 == 0, batch.between(17, 60), batch.between(0, 95))
        days = self.plan.on_day - (years * 365.2425).astype(np.int64) - batch.between(0, 365)
        return np.maximum(days, DAY_1900)


def _sizes(batch: Batch, households: int) -> np.ndarray:
    """Household sizes from one to seven; each pair of neighbours has eight members."""
    more = batch.random.integers(0, 4, households // 2)
    return np.stack([4 + more, 4 - more], axis=1).ravel()


def _house(batch: Batch) -> None:
    batch.codes("house_grade", ("a", "b", "c", "d"), (0.6, 0.25, 0.1, 0.05), 0.1)
    batch.decimals("house_area", batch.between(2_000, 18_000), 0.08)
    batch.decimals("farmland", batch.amounts(4, 60), 0.06)
    batch.plain("cattle", np.maximum(batch.between(-8, 6), 0).astype(np.int32), 0.06)
    batch.decimals("pv_kw", np.where(batch.chance(0.2), batch.between(100, 1200), 0), 0.12)


def add_loan(batch: Batch, share: float, most: int, months: int) -> None:
    """A loan for some of the rows; the others owe nothing."""
    borrowed = batch.chance(share)
    principal = batch.between(50, most // 100) * 10_000
    batch.decimals("loan_principal", np.where(borrowed, principal, 0), 0.03)
    batch.decimals("loan_rate", np.where(borrowed, batch.between(300, 1_400), 0), 0.05, RATE)
    batch.plain("loan_months", np.where(borrowed, batch.between(3, months), 0).astype(np.int32), 0.05)


def _health(batch: Batch) -> None:
    batch.codes("labour_capacity", ("full", "weak", "none"), (0.6, 0.25, 0.15), 0.05)
    disabled = batch.chance(0.08)
    batch.plain("disability_grade", np.where(disabled, batch.between(1, 4), 0).astype(np.int32), 0.01)
    batch.codes(
        "schooling",
        ("none", "primary", "middle", "vocational", "university"),
        (0.7, 0.1, 0.1, 0.06, 0.04),
        0.03,
    )
    batch.decimals("medical_cost", np.where(batch.chance(0.6), batch.amounts(3_500, 200_000), 0), 0.03)
    batch.plain("insured", batch.chance(0.95), 0.02)
    batch.plain("serious_illness", batch.chance(0.05), 0.08)


def _work(batch: Batch) -> None:
    batch.plain("training_days", np.maximum(batch.between(-40, 45), 0).astype(np.int32), 0.2)
    batch.plain("training_passed", batch.chance(0.6), 0.1)
    batch.codes("certificate", ("none", "junior", "middle", "senior"), (0.8, 0.1, 0.06, 0.04), 0.04)
    batch.plain("veteran", batch.chance(0.03), 0.01)
    batch.plain("orphan", batch.chance(0.01), 0.01)
    batch.codes("work_place", ("home", "county", "province", "outside"), (0.6, 0.15, 0.12, 0.13), 0.05)
    batch.plain("months_away", np.maximum(batch.between(-12, 12), 0).astype(np.int32), 0.1)
    batch.decimals("transport_cost", np.where(batch.chance(0.4), batch.amounts(500, 5_000), 0), 0.15)
    batch.decimals("pension_month", np.where(batch.chance(0.3), batch.amounts(900, 9_000), 0), 0.05)
    batch.plain("public_post", batch.chance(0.06), 0.02)
