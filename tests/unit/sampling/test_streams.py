"""Streams of randomness: the same name the same numbers, another name others."""

from luoshi.sampling.streams import Streams


def drawn(seed: int, *names: str) -> list[float]:
    values: list[float] = Streams(seed).of(*names).random(4).tolist()
    return values


def test_a_name_has_its_own_numbers() -> None:
    assert drawn(1, "shop", "owner") == drawn(1, "shop", "owner")
    assert (
        len({tuple(drawn(*key)) for key in [(1, "shop", "owner"), (2, "shop", "owner"), (1, "shop"), (1, "shopowner")]})
        == 4
    )
