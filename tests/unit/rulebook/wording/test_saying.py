"""Messages with facts: lists are enumerated in the manner of the language, what is not there is an ellipsis."""

from __future__ import annotations

from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.wording import msg, say


def test_facts_fill_a_message() -> None:
    assert say("en", "{count} of {name}", {"count": 3}, name="x") == "3 of x"
    assert say("zh", msg("not known")) == "不明"


def test_lists_are_enumerated() -> None:
    assert say("en", "{items}", items=["a", 1]) == "a, 1"
    assert say("zh", "{items}", items=("a", 1)) == "a、1"


def test_a_fact_that_is_not_there_is_an_ellipsis() -> None:
    assert say("en", "{nobody} said {what}", what="so") == "… said so"


def test_a_fact_cannot_reach_into_the_programme() -> None:
    assert say("en", "{name}", name="{other} {0.__class__}") == "{other} {0.__class__}"


def test_a_message_without_translation_is_said_as_it_is() -> None:
    assert say("zh", "never said before") == "never said before"


def test_a_fact_in_both_languages_is_said_in_that_of_the_reader() -> None:
    both = Bilingual("某局", "an office")
    assert (say("zh", "{it}", it=both), say("en", "{it}", it=both)) == ("某局", "an office")
