"""Keys have places: rows by their ids, other keys in the order in which they are met."""

from __future__ import annotations

import pyarrow as pa
import pytest

from luoshi.rulebook.engines.native.domains import Domain


@pytest.mark.parametrize("ids", [[3, 4, 7], [3, 4, 10**12], ["3", "4", "7"], []])
@pytest.mark.parametrize("keys", [[4, None, 99, 3], ["4", None, "99", "3"]])
def test_places(ids: list[int | str], keys: list[int | str | None]) -> None:
    domain = Domain(pa.array(ids) if ids else pa.array([], pa.int64()))
    first, _, other, last = domain.places(pa.array(keys)).tolist()
    if ids:
        assert (first, other, last, len(domain)) == (1, 3, 0, 4)
        assert domain.words().to_pylist() == [*map(str, ids), "99"]
    assert domain.places(pa.array(keys)).tolist() == [first, -1, other, last], "places stay"


def test_numbers_are_found_by_their_number() -> None:
    domain = Domain(pa.array([5, 6, 9]))
    assert domain.places(pa.array([9, 5, None, 6], pa.int32())).tolist() == [2, 0, -1, 1]
    assert domain.others == {}


def test_words_without_rows() -> None:
    domain = Domain()
    assert domain.place("red") == 0
    assert domain.places(pa.array(["blue", "red", None]).dictionary_encode()).tolist() == [1, 0, -1]
    assert domain.words().to_pylist() == ["red", "blue"]


def test_a_dictionary_with_a_blank_word() -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([0, 1, None]), pa.array(["red", None]))
    assert Domain().places(words).tolist() == [0, -1, -1]
