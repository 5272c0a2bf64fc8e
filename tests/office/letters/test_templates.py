"""Templates of offices: kept as versions, approved by somebody else, the nearest area's holds."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.attachments.models import Attachment
from luoshi.office.letters import actions, queries, templates
from luoshi.office.letters.actions import Order
from luoshi.office.letters.errors import NotAllowed, Unfit
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Approval, Template
from luoshi.office.letters.samples import sample
from tests.office.letters.papers import saying, words_of_word
from tests.office.letters.test_issuing import NOW

pytestmark = pytest.mark.usefixtures("database")
CITY, COUNTY, TOWNSHIP, OTHER = "3311", "331122", "331122101", "331123"
KIND = Kind.REVIEW


def _kept(text: str = "某县版", area: str = COUNTY, by: str = "chen") -> Template:
    return templates.keep(KIND, area, saying("{{ 标题 }}", text), "模板.docx", by=by)


def _held(text: str, area: str) -> Template:
    template = _kept(text, area)
    templates.approve(template, by="li")
    return template


def test_a_template_waits_until_somebody_else_approves_it() -> None:
    template = _kept()
    assert queries.find_template(KIND, COUNTY) is None
    with pytest.raises(NotAllowed):
        templates.approve(template, by="chen")
    templates.approve(template, by="li")
    templates.approve(template, by="wang")
    assert queries.find_template(KIND, COUNTY) == template
    assert template.approvals.count() == 1
    assert "某县版" in words_of_word(actions.make(sample(KIND), COUNTY, "word").content)


def test_the_database_itself_refuses_ones_own_approval() -> None:
    template = _kept()
    for uploaded_by, by in (("chen", "chen"), ("somebody", "chen")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(kind=KIND, area=COUNTY, template=template, uploaded_by=uploaded_by, by=by)


def test_versions_follow_one_another_and_stay() -> None:
    first, second = _kept("一"), _kept("二")
    assert (first.number, second.number) == (1, 2)
    assert _kept("一") == first
    for change in (first.delete, lambda: Template.objects.update(note="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_one_goes_back_to_an_older_version_and_to_none() -> None:
    first, second = _held("一", COUNTY), _held("二", COUNTY)
    assert queries.find_template(KIND, COUNTY) == second
    templates.approve(first, by="wang")
    assert queries.find_template(KIND, COUNTY) == first
    assert [one.standing for one in queries.list_templates(KIND, Scope(COUNTY))] == ["past", "held"]
    templates.drop(KIND, COUNTY, by="chen")
    assert queries.find_template(KIND, COUNTY) is None


def test_the_template_of_the_nearest_area_holds() -> None:
    city = _held("市", CITY)
    assert queries.find_template(KIND, TOWNSHIP) == city
    county = _held("县", COUNTY)
    assert queries.find_template(KIND, TOWNSHIP) == county
    assert queries.find_template(KIND, OTHER) == city
    assert queries.find_template(KIND, "62") is None
    assert queries.find_template(Kind.DECISION, COUNTY) is None
    templates.drop(KIND, COUNTY, by="li")
    assert queries.find_template(KIND, TOWNSHIP) == city


def test_an_issued_letter_keeps_the_template_that_held() -> None:
    _held("旧版", COUNTY)
    order = Order(key="case:1", subject="case:1", area=COUNTY)
    letter = actions.issue(sample(KIND), order, by="chen", now=NOW)
    _held("新版", COUNTY)
    assert "旧版" in words_of_word(actions.file_of(letter, "word").content)
    assert "新版" in words_of_word(actions.make(sample(KIND), COUNTY, "word").content)


def test_a_refused_file_leaves_nothing() -> None:
    with pytest.raises(Unfit):
        templates.keep(KIND, COUNTY, saying("{{ 秘密 }}"), "模板.docx", by="chen")
    assert not Template.objects.exists() and not Attachment.objects.exists()


def test_one_sees_the_templates_of_ones_own_area() -> None:
    here = _kept("县", COUNTY)
    _kept("邻县", OTHER)
    assert [one.template for one in queries.list_templates(KIND, Scope(COUNTY))] == [here]
    assert [one.standing for one in queries.list_templates(KIND, Scope(COUNTY))] == ["waiting"]
