"""What these tests count on: nothing is remembered from tests whose coverage is not counted."""

import pytest

from luoshi.rulebook import wording
from luoshi.rulebook.engines.sql.on_duckdb import session
from luoshi.rulebook.formatting import forms
from luoshi.rulebook.loading import syntax

REMEMBERING = (wording._translations, session._small, forms.form_of, syntax._parser)


@pytest.fixture(scope="module", autouse=True)
def nothing_remembered() -> None:
    for ask in REMEMBERING:
        ask.cache_clear()
