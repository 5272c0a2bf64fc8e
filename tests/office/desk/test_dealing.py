"""Online dealing: whoever runs a workshop gets its row on their phone, from an official who has seen their papers."""

from typing import Any

import pytest
from django.test import Client

from luoshi.office.applicants import links, ties
from luoshi.office.applicants.models import Applicant, Link
from luoshi.office.audit import queries as audit
from luoshi.office.casework.models import Claim
from tests.office.casework.walking import VILLAGES, lay, whole
from tests.office.desk.casework import place
from tests.office.portal.village import PACK, last_code, pack

pytestmark = pytest.mark.usefixtures("database")  # each test is undone; the county stays for all
PHONES = ("13700002468", "13700001357")
GIVEN = {"phone": PHONES[0], "name": "样经办", "paper": "营业执照原件"}


@pytest.fixture(scope="module")
def workshop(apart_together: None) -> int:
    """A workshop of the village; its row."""
    place.settle()
    return lay(whole(PACK), {"workshop": {"w": {"name": "样车间", "area": VILLAGES[PACK]}}})["workshop", "w"]


def form_of(row: int, register: str = "workshop") -> str:
    return f"/applicants/open/{PACK}/{register}/{row}/"


def give(row: int, who: str = "township", **more: str) -> Any:
    return place.sitting(who).post(form_of(row), GIVEN | more)


def phone_of(number: str) -> Client:
    """The phone after its owner has shown the code."""
    client = Client()
    client.post("/p/sign-in/", {"phone": number})
    assert client.post("/p/sign-in/code/", {"code": last_code()}).headers["Location"] == "/p/mine/"
    return client


def subject_of(row: int) -> str:
    return f"/documents/{PACK}/workshop/{row}/"


def test_the_page_of_a_workshop_leads_to_the_form(workshop: int) -> None:
    client = place.sitting("township")
    page = client.get(subject_of(workshop)).content.decode()
    assert form_of(workshop) in page
    assert "还没有人能在手机上替它办理" in page
    assert "样车间" in client.get(form_of(workshop)).content.decode()
    assert form_of(workshop) not in place.sitting("auditor").get(subject_of(workshop)).content.decode()


def test_who_deals_sees_the_row_and_may_apply(workshop: int) -> None:
    assert give(workshop).headers["Location"] == subject_of(workshop)
    phone = phone_of(PHONES[0])
    assert "样车间" in phone.get("/p/mine/").content.decode()
    own = f"/p/mine/{PACK}/workshop/{workshop}/"
    assert f"{own}apply/workshop-claim/" in phone.get(own).content.decode()
    assert phone.get(f"{own}apply/workshop-claim/").status_code == 200


def test_several_deal_for_one_row_and_each_is_ended_alone(workshop: int) -> None:
    for number in PHONES:
        assert give(workshop, phone=number).status_code == 302
        assert give(workshop, phone=number).status_code == 302  # sent twice
    found = links.list_of_row(pack(), "workshop", workshop, place.TOWNSHIP)
    assert len(found) == len(PHONES)
    client = place.sitting("township")
    page = client.get(subject_of(workshop)).content.decode()
    assert page.count("137****") == len(PHONES)
    assert "营业执照原件" in page
    assert "样经办" in client.get(f"/applicants/links/{found[0].id}/").content.decode()
    client.post(f"/applicants/links/{found[0].id}/end/")
    assert "样车间" not in phone_of(PHONES[0]).get("/p/mine/").content.decode()
    assert "样车间" in phone_of(PHONES[1]).get("/p/mine/").content.decode()


def test_the_log_says_who_opened_it_and_nobodys_name(workshop: int) -> None:
    give(workshop)
    link = Link.objects.get(row_id=workshop, register="workshop")
    events = [event for event in audit.events("") if event.subject == f"link:{link.id}"]
    assert [(event.action, event.actor) for event in events] == [("link.confirm", "township")]
    assert "样经办" not in repr([vars(event) for event in events])


@pytest.mark.parametrize("wrong", [{"phone": "0932-821234"}, {"phone": ""}, {"name": " "}, {"paper": ""}])
def test_what_is_wrong_opens_nothing(workshop: int, wrong: dict[str, str]) -> None:
    assert give(workshop, **wrong).status_code == 422
    assert not Link.objects.exists()
    assert not Applicant.objects.exists()


@pytest.mark.parametrize("name", ["neighbour", "auditor", "finance", "coordinator"])
def test_nobody_else_opens_it(workshop: int, name: str) -> None:
    assert give(workshop, name).status_code in {403, 404}
    assert not Link.objects.exists()


def test_rows_of_people_are_not_opened_to_others() -> None:
    dealt = {name for pack_id in VILLAGES for name in ties.list_dealt(whole(pack_id))}
    assert dealt >= {"workshop", "broker", "service_centre", "transfer_employer"}
    kept_back = {"person", "household", "area", "post_candidate", "post_holding", "transfer_contract", "network_need"}
    assert not dealt & kept_back


def test_who_works_in_a_workshop_is_not_its_operators_own(workshop: int) -> None:
    area = VILLAGES[PACK]
    ids = lay(
        whole(PACK),
        {
            "household": {"h": {"register_number": "h", "area": area, "registered_poor": True}},
            "person": {"p": {"citizen_id": "62110219800101123X", "name": "样小明", "household": "h"}},
            "workshop": {"v": {"name": "样车间二", "area": area}},
            "employment": {"e": {"worker": "p", "workshop": "v", "form": "labour_contract"}},
            "workshop_site": {"s": {"workshop": "v", "name": "样分点"}},
        },
    )
    own = {(one.register, one.row_id) for one in ties.own_rows(pack(), "workshop", ids["workshop", "v"])}
    assert own == {("workshop", ids["workshop", "v"]), ("workshop_site", ids["workshop_site", "s"])}


def test_who_deals_for_an_operator_applies_for_it_and_for_its_shops(workshop: int) -> None:
    area = VILLAGES[PACK]
    ids = lay(
        whole(PACK),
        {
            "shop_operator": {"o": {"registration": "D-0001", "name": "样电商", "area": area}},
            "online_shop": {"s": {"platform": "样平台", "shop_number": "S-0001", "name": "样网店", "operator": "o"}},
        },
    )
    operator, shop = ids["shop_operator", "o"], ids["online_shop", "s"]
    assert place.sitting("township").post(form_of(operator, "shop_operator"), GIVEN).status_code == 302
    phone = phone_of(PHONES[0])
    for register, row in (("shop_operator", operator), ("online_shop", shop)):
        own = f"/p/mine/{PACK}/{register}/{row}/"
        assert f"{own}apply/e-commerce-claim/" in phone.get(own).content.decode()
    given = {"key": "k", "measure": "poor-owner-shop-money"}
    assert phone.post(f"/p/mine/{PACK}/online_shop/{shop}/apply/e-commerce-claim/", given).status_code == 302
    claim = Claim.objects.select_related("case").get()
    assert (claim.case.register, claim.case.row_id, claim.row_id) == ("online_shop", shop, shop)
