"""Nothing that points to a person ever stands in a notice: by construction, and once more in the database."""

import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.office.notices.drafting import Kind, Subject, kind_of
from luoshi.office.notices.errors import NotShowable, WrongDraft
from luoshi.office.notices.masking import masked_name, showable
from luoshi.office.notices.models import NoticeLine
from luoshi.office.notices.queries import list_lines
from luoshi.office.notices.titles import is_telling, public_title
from tests.office.notices.drafts import NAMELESS, pack, person, posted

SIGNS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
NAMES = st.text(SIGNS, min_size=2, max_size=12)
DIGITS = st.text(st.sampled_from("0123456789０１２３４５６７８９"), min_size=7, max_size=20)
GAPS = st.sampled_from(["", " ", "-", "  ", "·", "　"])


@given(NAMES)
def test_a_name_is_never_shown_whole(name: str) -> None:
    shown = masked_name(name)
    assert name not in shown
    assert "*" in shown
    assert len(shown) <= 5
    assert set(shown) - {"*"} <= {name[0], name[-1]}


@given(NAMES, DIGITS)
def test_numbers_written_into_a_name_are_left_out(name: str, number: str) -> None:
    assert masked_name(f"{name}{number}") == masked_name(f"{number} {name}") == masked_name(name)


@given(DIGITS, GAPS, st.text(SIGNS, max_size=5), st.text(SIGNS, max_size=5))
def test_a_run_of_digits_is_refused_however_it_is_written(number: str, gap: str, before: str, after: str) -> None:
    with pytest.raises(NotShowable):
        showable(before + gap.join(number) + after, "place")


@pytest.mark.parametrize("name", ["", " ", "　", "13812345678", "·", "*"])
def test_a_person_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(NotShowable):
        masked_name(name)


@pytest.mark.parametrize("name", ["样例车间13812345678", "91110108 MA01 2345 67", "张三 6228480402564890018"])
def test_an_organisation_with_a_number_in_its_name_is_refused(database: None, name: str) -> None:
    with pytest.raises(NotShowable):
        posted(subjects=[Subject("case:1", Kind.ORGANISATION, name, "一村")])


def test_the_database_refuses_numbers_as_well(database: None) -> None:
    found = posted()
    for place in ("13812345678", "１３８１２３４５６７８", "138 1234 5678"):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoticeLine.objects.create(notice=found, position=9, shown="张*", place=place)


def test_persons_are_covered_and_organisations_are_not(database: None) -> None:
    subjects = [person("case:1"), Subject("case:2", Kind.ORGANISATION, "样例车间", "二村", "", Decimal("1500.50"))]
    lines = list_lines(posted(subjects=subjects))
    assert [(one.shown, one.place, one.sum) for one in lines] == [
        ("张*明", "一村", "3,000"),
        ("样例车间", "二村", "1,500.50"),
    ]


def test_the_pack_tells_whose_names_are_those_of_persons() -> None:
    kinds = {register: kind_of(pack(), register) for register in ("person", "household", "workshop")}
    assert kinds["person"] is kinds["household"] is Kind.PERSON
    assert kinds["workshop"] is Kind.ORGANISATION


def test_a_title_that_tells_of_disability_or_want_is_not_shown() -> None:
    found = pack()
    assert {one.id for one in found.measures.values() if is_telling(found, one)} == {"post-candidate", "post-priority"}
    assert public_title(found, "post-priority") == found.clauses["2"].title
    assert public_title(found, "new-post") == found.measures["new-post"].title


def test_without_names_a_line_stands_for_three_at_least(database: None) -> None:
    places = ["一村"] * 4 + ["二村"] * 3 + ["三村"] * 2 + ["四村"]
    subjects = [person(f"case:{number}", place=place) for number, place in enumerate(places)]
    found = posted(subjects=subjects, procedure=NAMELESS)
    lines = [(one.shown, one.place, one.number, one.sum) for one in list_lines(found)]
    assert lines == [("", "一村", 4, "12,000"), ("", "二村", 3, "9,000"), ("", "", 3, "9,000")]
    assert (found.number, found.sum) == (10, "30,000")


@pytest.mark.parametrize(
    ("places", "lines"),
    [
        (["一村"] * 2, []),
        (["一村"] * 3, [("一村", 3)]),
        (["一村"] * 5 + ["二村"] * 3 + ["三村"], [("一村", 5), ("", 4)]),
        (["一村"] * 3 + ["二村"] * 2, [("", 5)]),
    ],
)
def test_the_few_are_never_told_apart(database: None, places: list[str], lines: list[tuple[str, int]]) -> None:
    subjects = [person(f"case:{number}", place=place) for number, place in enumerate(places)]
    found = posted(subjects=subjects, procedure=NAMELESS)
    assert [(one.place, one.number) for one in list_lines(found)] == lines
    assert found.is_of_few is (len(places) < 3)
    assert (found.total is None) is found.is_of_few


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from("一二三四五"), min_size=1, max_size=25))
def test_no_sum_of_fewer_than_three_can_be_worked_out(database: None, places: list[str]) -> None:
    with transaction.atomic():
        subjects = [person(f"case:{number}", place=f"{place}村") for number, place in enumerate(places)]
        found = posted(subjects=subjects, procedure=NAMELESS)
        told = [one.number for one in list_lines(found)]
        assert all(number >= 3 for number in told)
        hidden = len(places) - sum(told)
        assert hidden == 0 or (hidden == len(places) < 3 and found.total is None)
        transaction.set_rollback(True)


def test_wrong_subjects_post_nothing(database: None) -> None:
    for subjects, kind in (
        ([], "no-case"),
        ([person("case:1"), person("case:1")], "twice"),
        ([person("case:1", amount=-1)], "amount"),
        ([Subject("case:1", Kind.PERSON, "张三", "一村", "no-such-measure")], "no-measure"),
    ):
        with pytest.raises(WrongDraft) as refused:
            posted(subjects=subjects)
        assert refused.value.kind == kind
    assert re.fullmatch(r"\d{4}-1", posted().number_written)
