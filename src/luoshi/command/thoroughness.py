"""What `luoshi test --mutants` and `--tried` tell: what the examples of a pack would not notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from luoshi.command import output
from luoshi.rulebook.checking.thoroughness.accepting import Accepted, accepted
from luoshi.rulebook.checking.thoroughness.exercising import Tried, exercised
from luoshi.rulebook.checking.thoroughness.killing import Score, score
from luoshi.rulebook.checking.thoroughness.proposing import Proposal, propose_kills, propose_trials
from luoshi.rulebook.checking.thoroughness.writing import all_written
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.wording import msg, say


class Thoroughness:
    """The mutants that no example kills, and what no example has tried."""

    def __init__(self, pack: Pack, every: int, *, with_mutants: bool, with_tried: bool) -> None:
        self.pack, self._every = pack, every
        self._with_mutants, self._with_tried = with_mutants, with_tried
        self._examples: list[Accepted] = []
        self.score: Score | None = None
        self.tried: Sequence[Tried] = ()

    def find(self) -> None:
        """Look: this takes a while, and tells how far it is."""
        self._examples = accepted(self.pack)
        if self._with_tried:
            self.tried = exercised(self.pack, self._examples)
        if self._with_mutants:
            with output.progress() as progress:
                self.score = score(self.pack, self._examples, every=self._every, progress=progress)

    def proposals(self) -> Iterator[str]:
        """Examples as YAML that would close the gaps, each below the example it was made from."""
        found = list(self._proposed())
        for proposal, text in zip(found, all_written(found, self.pack), strict=True):
            place = proposal.base.example.place
            yield f"# {place.file}:{place.line} {proposal.why}\n{text}"

    def _proposed(self) -> Iterator[Proposal]:
        with output.progress() as progress:
            yield from propose_trials(self.pack, self.tried, self._examples, progress)
        if self.score is not None:
            yield from propose_kills(self.pack, self.score.survivors, self._examples)

    def json(self) -> dict[str, Any]:
        """The findings as plain data."""
        content: dict[str, Any] = {}
        if self._with_tried:
            content["tried"] = [
                {"file": item.block.place.file, "line": item.block.place.line, "block": item.block.id}
                | {"threshold": item.is_threshold, "missing": list(item.missing)}
                for item in self.tried
            ]
        if self.score is not None:
            survivors = [str(mutant) for mutant in self.score.survivors]
            content["mutants"] = {"tried": self.score.tried, "killed": self.score.killed, "survivors": survivors}
        return content

    def print(self, lang: str) -> None:
        """The findings in the terminal."""
        if self._with_tried:
            self._print_tried(lang)
        if self.score is not None:
            for mutant in self.score.survivors:
                click.echo(f"✗ {mutant}")
            message = msg("{pack}: {killed} of {tried} mutants noticed, {percent} %")
            percent = f"{100 * self.score.killed / max(self.score.tried, 1):.1f}"
            facts = {"killed": self.score.killed, "tried": self.score.tried, "percent": percent}
            click.echo(say(lang, message, facts, pack=self.pack.policy.id))

    def _print_tried(self, lang: str) -> None:
        words = {
            "below": msg("just below"),
            "at": msg("exactly at it"),
            "above": msg("just above"),
            "met": msg("met"),
            "unmet": msg("unmet"),
        }
        for item in self.tried:
            if item.missing:
                missing = [say(lang, words[way]) for way in item.missing]
                place = item.block.place
                text = say(lang, msg("{block}: never tried {missing}"), block=item.block.id, missing=missing)
                click.echo(f"✗ {place.file}:{place.line} {text}")
        for kind, message in (
            (True, msg("{pack}: {whole} of {count} thresholds tried just below, at and just above")),
            (False, msg("{pack}: {whole} of {count} joined conditions seen met and unmet")),
        ):
            some = [item for item in self.tried if item.is_threshold is kind]
            whole = sum(not item.missing for item in some)
            click.echo(say(lang, message, pack=self.pack.policy.id, whole=whole, count=len(some)))
