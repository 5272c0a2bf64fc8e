"""What a run came to, told in tables or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import pyarrow.parquet as pq

from luoshi.command import output, summary
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.nodes import exact
from luoshi.rulebook.wording import msg, say

CHOICES = {
    "people": msg("people choose"),
    "open": msg("open: some are undetermined"),
    "none": msg("none needed"),
}


@dataclass(frozen=True)
class Done:
    """A finished run: what was decided, as of when, from which data, and where the results are."""

    pack: Pack
    on: date
    data: Path
    out: Path
    local: tuple[LocalValue, ...]
    simulated: bool


class RunReport:
    """The figures of a finished run."""

    def __init__(self, done: Done) -> None:
        self.done, pack = done, done.pack
        budget = summary.read_budget(done.out)
        self.measures = summary.by_measure(pack, budget)
        self.areas = summary.by_area(pack, budget)
        self.rounds = summary.rounds(pack, budget, done.out, self._places)

    def _places(self, award: Award, area: str) -> int | None:
        """The places of an award's round in an area, where the text or a locality gives a number."""
        if award.quota is None:
            return None
        places = self._engine.constant(award.quota, area or None)
        return None if places is None else int(exact(places))

    @cached_property
    def _engine(self) -> CaseEngine:
        done = self.done
        return CaseEngine(done.pack, done.on, Settings(done.pack, done.on, done.local))

    def json(self) -> dict[str, Any]:
        """The report as plain data."""
        done = self.done
        return {
            "pack": done.pack.policy.id,
            "pack_hash": done.pack.hash,
            "on": done.on.isoformat(),
            "in_force": done.pack.policy.in_force(done.on),
            "simulated": done.simulated,
            "measures": [line.json("measure") for line in self.measures],
            "rounds": [line.json() for line in self.rounds],
            "areas": [line.json("area") for line in self.areas],
        }

    def tell(self, lang: str) -> None:
        """Print the tables."""
        done = self.done
        pack, names = done.pack, area_names(done.data)
        if not pack.policy.in_force(done.on):
            simulated = msg("Simulation: the policy is not in force.")
            nothing = msg("The policy is not in force on this day: nothing is decided. --as-if-in-force simulates it.")
            click.echo(say(lang, simulated if done.simulated else nothing))
        texts = (msg("eligible"), msg("undetermined"), msg("not eligible"), msg("amount (yuan)"))
        words = [say(lang, text) for text in texts]
        rows = [(pack.measures[line.key].title.say(lang), *line.figures) for line in self.measures]
        output.print_table(f"{pack.policy.title.say(lang)} {done.on}", [say(lang, msg("measure")), *words], rows)
        self._tell_rounds(lang, names)
        listed = [(f"{line.key} {names.get(line.key, '')}".strip(), *line.figures) for line in self.areas]
        output.print_table("", [say(lang, msg("area")), *words], listed)
        click.echo(say(lang, msg("Results are in {folder}"), folder=done.out))

    def _tell_rounds(self, lang: str, names: Mapping[str, str]) -> None:
        if not self.rounds:
            return
        texts = (
            msg("award"),
            msg("eligible"),
            msg("undetermined"),
            msg("places"),
            msg("choice"),
            msg("prizes at most (yuan)"),
        )
        rows = [
            (
                f"{self.done.pack.measures[line.award].title.say(lang)} {names.get(line.area, line.area)}".strip(),
                line.eligible,
                line.undetermined,
                line.places,
                say(lang, CHOICES[line.choice]),
                line.prizes,
            )
            for line in self.rounds
        ]
        output.print_table("", [say(lang, text) for text in texts], rows)


def area_names(data: Path) -> Mapping[str, str]:
    """Names of areas by code, where the data have them."""
    file = data / "area.parquet"
    if not file.is_file() or not {"id", "name"} <= set(pq.read_schema(file).names):
        return {}
    rows = pq.read_table(file, columns=["id", "name"]).to_pylist()
    return {str(row["id"]): row["name"] or "" for row in rows}
