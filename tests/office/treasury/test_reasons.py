"""Checks of a batch that could not be made: one reason for as many as it holds for, kept with each of them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.audit.queries import Asked, events
from luoshi.office.runs import actions as runs
from luoshi.office.treasury.models import Batch, CheckResult
from tests.office.desk.page_forms import form_on, forms_on, sent
from tests.office.treasury.place import CHECKER, COUNTY, MAKER, NEIGHBOUR, PACK, commit, give, listed
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("ground", "database")


def officer(name: str, area: str = COUNTY) -> Client:
    user = open_account(name, f"{name}的姓名", "a-long-sentence-7", by="tester")
    appoint(user, Post(Role.DEPARTMENT_OFFICER, area), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


@pytest.fixture
def maker() -> Client:
    runs.install(PACK, by="tester")
    return officer(MAKER)


@pytest.fixture
def batch(maker: Client) -> Batch:
    """A batch about which nobody has said anything yet."""
    give(500)
    commit([1])
    return listed()


def accepted(batch: Batch) -> dict[str, str]:
    """The reasons by the checks that could not be made; "" where nobody has given one."""
    return dict(CheckResult.objects.filter(batch=batch, source="").values_list("check_id", "reason"))


def test_one_reason_is_given_for_several_checks(maker: Client, batch: Batch) -> None:
    page = reverse("batch", args=[batch.id])
    form = form_on(maker, page, "check-accept")
    assert form.choices["check"] == ["register-finding", "dead", "moved", "detained", "cadre"]
    assert "check" not in form.given
    nothing = maker.post(form.address, {"reason": "名单未到"}, follow=True)
    assert "请勾选要说明的核查" in nothing.content.decode()
    assert set(accepted(batch).values()) == {""}

    sent(form, maker, {"check": ["dead", "moved", "detained"], "reason": "部门尚未提供名单"})
    sent(form, maker, {"check": ["dead", "register-finding"], "reason": "尚未核查"})
    told = dict.fromkeys(("dead", "moved", "detained"), "部门尚未提供名单")
    assert accepted(batch) == told | {"register-finding": "尚未核查", "cadre": ""}
    on_record = [
        one.details["check"]
        for one in events("", asked=Asked(subject=f"batch:{batch.id}"))
        if one.action == "batch.accept"
    ]
    assert sorted(on_record) == ["dead", "detained", "moved", "register-finding"]

    last = form_on(maker, page, "check-accept")
    assert last.given["check"] == "cadre"
    sent(last, maker, {"reason": "镇里已公示"})
    assert list(forms_on(maker, page, "check-accept")) == []
    assert maker.get(page).content.decode().count("部门尚未提供名单") == 3
    sent(form_on(maker, page, "batch-submit"), maker, {})
    assert Batch.objects.get(id=batch.id).state == "submitted"


def test_a_reason_for_checks_is_kept_for_all_of_them_or_none(maker: Client, batch: Batch) -> None:
    address = reverse("check-accept", args=[batch.id])
    assert maker.post(address, {"check": ["dead", "unheard-of"], "reason": "名单未到"}).status_code == 404
    too_long = {"check": ["dead", "moved"], "reason": "长" * 201}
    assert "请写明理由" in maker.post(address, too_long, follow=True).content.decode()
    assert set(accepted(batch).values()) == {""}
    maker.post(address, {"check": ["dead", "twice"], "reason": "名单未到"})
    assert accepted(batch)["dead"] == "名单未到"
    assert CheckResult.objects.get(batch=batch, check_id="twice").accepted_by == ""  # it has been made
    assert officer("neighbour", NEIGHBOUR).post(address, {"check": ["moved"], "reason": "名单未到"}).status_code == 404


def test_nobody_gives_reasons_once_a_batch_is_handed_in(maker: Client, batch: Batch) -> None:
    checker = officer(CHECKER)
    page, address = reverse("batch", args=[batch.id]), reverse("check-accept", args=[batch.id])
    Batch.objects.filter(id=batch.id).update(state="submitted")
    assert list(forms_on(checker, page, "check-accept")) == []
    refused = checker.post(address, {"check": ["dead"], "reason": "名单未到"}, follow=True).content.decode()
    assert "现在不能走这一步" in refused
    assert set(accepted(batch).values()) == {""}
