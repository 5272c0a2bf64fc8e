"""Drawing texts: serial numbers, words put together, and identity numbers from the ranges kept for samples."""

from __future__ import annotations

import re
from itertools import product

import numpy as np

from luoshi.rulebook.model.types import TEXT, Code
from luoshi.rulebook.values import citizen_id, credit_code
from luoshi.sampling.city import Scope
from luoshi.sampling.columns import Array, Column
from luoshi.sampling.numbers import weighted
from luoshi.sampling.vocabulary import Draw

SERIAL = re.compile(r"([^{}]*)\{n:(\d{1,2})\}([^{}]*)")


def draw_serial(scope: Scope, draw: Draw) -> Column:
    """Numbered texts: `W{n:06}` gives W000001, W000002 and so on."""
    match = SERIAL.fullmatch(draw.serial or "")
    assert match
    width = max(int(match[2]), len(str(scope.first_serial + scope.table.count)))
    numerals = ord("0") + digits(scope.serials(), width)
    parts = [_repeated(match[1], scope.count), numerals, _repeated(match[3], scope.count)]
    return Column(TEXT, np.concatenate(parts, axis=1).astype(np.uint8))


def draw_words(scope: Scope, draw: Draw) -> Column:
    """One word of each list, put together."""
    lists = draw.words or []
    chosen = np.zeros(scope.count, dtype=np.int64)
    for position, words in enumerate(lists):
        chosen = chosen * len(words) + weighted(scope.child(str(position)), [1.0] * len(words))
    used, values = np.unique(chosen, return_inverse=True)
    every = ("".join(words) for words in product(*lists))
    wanted = set(used.tolist())
    texts = tuple(text for index, text in enumerate(every) if index in wanted)
    return Column(TEXT, values.astype(np.int32), None, texts)


def digits(numbers: Array, width: int) -> Array:
    """The decimal digits of whole numbers, one row each."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return ((numbers[:, None] // powers) % 10).astype(np.uint8)


def _repeated(text: str, count: int) -> Array:
    return np.tile(np.frombuffer(text.encode(), dtype=np.uint8), (count, 1))


def draw_citizen_id(scope: Scope, draw: Draw) -> Column:
    """Identity numbers that fit a birthday and a sex, no two alike, from the range kept for tests."""
    assert draw.citizen_id
    birth, sex = scope.column(draw.citizen_id.birth), scope.column(draw.citizen_id.sex)
    assert isinstance(sex.type, Code)
    male = sex.values == sex.type.codes.index("male")
    rank = _rank_within(birth.values.astype(np.int64) * 2 + male)
    address = int(scope.city.areas.test_division) + rank // citizen_id.SERIALS
    serial = 2 * (rank % citizen_id.SERIALS) + male
    body = np.concatenate([digits(address, 6), digits(_calendar(birth.values), 8), digits(serial, 3)], axis=1)
    return _checked(body, citizen_id.WEIGHTS, citizen_id.CHECK_SIGNS, broken=draw.citizen_id.broken)


def _rank_within(keys: Array) -> Array:
    """For each row its number among the rows with the same key, from 0."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(keys) else order
    lengths = np.diff(np.append(starts, len(keys)))
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return rank


def _calendar(days: Array) -> Array:
    """Days as numbers such as 19900307."""
    moments = days.astype("datetime64[D]")
    months = moments.astype("datetime64[M]").astype(np.int64)
    day = (moments - moments.astype("datetime64[M]")).astype(np.int64) + 1
    calendar: Array = (1970 + months // 12) * 10000 + (months % 12 + 1) * 100 + day
    return calendar


def _checked(body: Array, weights: tuple[int, ...], signs: str, *, broken: bool) -> Column:
    """The body in signs with its check sign; a broken one has the next sign instead."""
    total = body.astype(np.int64) @ np.array(weights)
    check = (total + int(broken)) % len(signs)
    letters = np.frombuffer(signs.encode(), dtype=np.uint8)[check]
    return Column(TEXT, np.concatenate([ord("0") + body, letters[:, None]], axis=1).astype(np.uint8))


def draw_credit_code(scope: Scope, draw: Draw) -> Column:
    """Credit codes, no two alike, from the range kept for tests."""
    assert draw.credit_code
    kind = [credit_code.SIGNS.index(sign) for sign in draw.credit_code.kind]
    start = np.tile(np.array([*kind, *map(int, scope.city.areas.test_division)]), (scope.count, 1))
    body = digits(scope.serials(), 8).astype(np.int64)
    body_check = -(body @ np.array(credit_code.BODY_WEIGHTS)) % 11
    ninth = np.where(body_check == 10, credit_code.SIGNS.index("X"), body_check)
    signs = np.concatenate([start, body, ninth[:, None]], axis=1)
    check = (-(signs @ np.array(credit_code.WEIGHTS)) + int(draw.credit_code.broken)) % len(credit_code.SIGNS)
    letters = np.frombuffer(credit_code.SIGNS.encode(), dtype=np.uint8)
    return Column(TEXT, letters[np.concatenate([signs, check[:, None]], axis=1)])
