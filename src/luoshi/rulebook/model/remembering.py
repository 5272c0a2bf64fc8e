"""What is worked out of a whole pack, and asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from luoshi.rulebook.model.blocks import Pack

Result = TypeVar("Result")


def remembered(work: Callable[[Pack], Result]) -> Callable[[Pack], Result]:
    """The same, worked out once for each pack, which never changes; forgotten when the pack is gone.

    Whoever asks must not change what comes back.
    """
    known: dict[int, tuple[ref[Pack], Result]] = {}

    @wraps(work)
    def ask(pack: Pack) -> Result:
        found = known.get(id(pack))
        if found is None:
            number = id(pack)
            found = known[number] = (ref(pack, lambda _gone: known.pop(number, None)), work(pack))
        return found[1]

    return ask
