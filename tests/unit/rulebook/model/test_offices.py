"""Departments and offices hold no expressions."""

from __future__ import annotations

from luoshi.rulebook.model.bases import Bilingual, Place
from luoshi.rulebook.model.offices import Department, Office

HEAD = ("finance", Bilingual("财政", "finance"), Place("1-test.md", 5, "1/1"))


def test_who_acts_is_no_expression() -> None:
    department, office = Department(*HEAD), Office(*HEAD, "government", "county", "finance", None)
    assert [*department.expressions(), *office.expressions()] == []
    assert (department.clause, office.clause) == ("1/1", "1/1")
