"""Who carries out pieces of work: several threads, or the one that asks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def workers(threads: int) -> Executor:
    """So many threads; one alone would only be waited for, so there the work is done at once."""
    return ThreadPoolExecutor(threads) if threads > 1 else AtOnce()


class AtOnce(Executor):
    """Carries out each piece of work as it is handed in."""

    def submit(self, work: Callable[Given, Result], /, *args: Given.args, **named: Given.kwargs) -> Future[Result]:
        """The work, done; what went wrong is raised when its result is asked for."""
        done: Future[Result] = Future()
        try:
            done.set_result(work(*args, **named))
        except Exception as problem:  # noqa: BLE001  it is raised where the result is asked for
            done.set_exception(problem)
        return done
