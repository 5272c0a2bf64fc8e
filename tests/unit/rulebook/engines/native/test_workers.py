"""Work is done by as many threads as there should be, and what goes wrong is told to whoever asks for the result."""

from __future__ import annotations

from threading import get_ident

import pytest

from luoshi.rulebook.engines.native.workers import workers


@pytest.mark.parametrize(("threads", "elsewhere"), [(1, False), (2, True)])
def test_one_thread_is_the_one_that_asks(threads: int, elsewhere: bool) -> None:
    with workers(threads) as pool:
        assert (pool.submit(get_ident).result() != get_ident()) is elsewhere
        assert list(pool.map(divmod, [7, 9], [2, 4])) == [(3, 1), (2, 1)]


@pytest.mark.parametrize("threads", [1, 2])
def test_what_goes_wrong_is_raised_where_the_result_is_asked_for(threads: int) -> None:
    with workers(threads) as pool:
        failed, done = pool.submit(divmod, 1, 0), pool.submit(divmod, 5, 2)
        assert done.result() == (2, 1)
        with pytest.raises(ZeroDivisionError):
            failed.result()
