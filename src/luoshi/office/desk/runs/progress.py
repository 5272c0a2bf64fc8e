"""How far a job is, as pages show it: a bar that the page asks about every other second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpResponse

from luoshi.office.runs.models import Run

OPEN = frozenset({Run.State.WAITING, Run.State.RUNNING})


class HasState(Protocol):
    """A job that is kept in the database."""

    state: str


@dataclass(frozen=True)
class Progress:
    """So many steps are done; how many there are is not known at first. `route` tells the rest."""

    route: str
    number: int
    done: int
    steps: int | None
    words: str

    @property
    def percent(self) -> int | None:
        """Whole percent of all steps."""
        return 100 * self.done // self.steps if self.steps else None


def is_open(job: HasState) -> bool:
    """Whether a job has still to be done."""
    return job.state in OPEN


def done() -> HttpResponse:
    """The answer that makes the page load anew: what it waited for is over."""
    return HttpResponse(headers={"HX-Refresh": "true"})
