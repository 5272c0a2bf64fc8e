"""A claim over HTTP from taking in to payment, and everything that may go otherwise on its way."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.office.casework.models import Case, Claim, Decision, Vote
from luoshi.office.casework.paying import reference
from luoshi.office.treasury.queries import list_payments_of
from tests.office.desk.casework import place
from tests.office.desk.casework.place import MEASURE, PACK, PROCEDURE, REGISTER, check, decide, do, sitting, task_at

pytestmark = pytest.mark.usefixtures("database")
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> Iterator[None]:
    place.settle()
    yield


@pytest.fixture
def case(database: None) -> Case:
    """A case that a township has taken in and handed in."""
    return place.taken_in(place.loans()[0])


def test_a_claim_goes_from_the_desk_to_the_payment(case: Case) -> None:
    assert case.state == "running"
    check(case)
    assert decide("finance-2", case).status_code == 302
    case.refresh_from_db()
    claim, decision = Claim.objects.get(case=case), Decision.objects.get(case=case)
    assert (case.step, case.end, claim.state, decision.departs) == ("pay", "granted", "granted", False)
    assert decision.receipt["pack_hash"] == case.pack_hash
    payments = list_payments_of(reference(case))
    assert [one.amount for one in payments] == [claim.amount]
    page = sitting("finance").get(f"/cases/{case.number}/").content.decode()
    assert "付清以后这件自己办结" in page
    assert "待付" in page
    assert "决定时依据的资料和条件" in page


def test_a_page_shows_conditions_and_recommendation(case: Case) -> None:
    answer = sitting("finance").get(f"/cases/{case.number}/")
    page = answer.content.decode()
    assert "系统建议" in page
    assert answer.context["claims"][0].recommended.outcome == "eligible"
    assert answer.context["claims"][0].recommended.conditions
    assert [stop.state for stop in answer.context["course"]][:2] == ["done", "now"]


def test_taking_in_shows_what_the_policy_says_and_opens_one_draft(database: None) -> None:
    row, client = place.loans()[0], sitting("township")
    address = f"/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{row}/"
    answer = client.get(f"{address}?measure={MEASURE}")
    found = {one.measure.id: (one.view.outcome, picked) for one, picked in answer.context["offers"]}
    assert found[MEASURE] == ("eligible", True)
    assert "ineligible" in {outcome for outcome, _ in found.values()}
    given = {"key": "a" * 32, "channel": "proxy", "claim": f"{MEASURE}~{row}"}
    first, second = client.post(address, given), client.post(address, given)
    assert first["Location"] == second["Location"]
    assert Case.objects.get().channel == "proxy"
    number = Case.objects.get().number
    assert client.get(f"/cases/{number}/").status_code == 200
    assert sitting("labour").get(f"/cases/{number}/").status_code == 404
    assert number in client.get("/cases/drafts/").content.decode()
    client.post(f"/cases/{number}/discard/")
    assert not Case.objects.exists()


def test_what_is_not_eligible_may_be_claimed_nevertheless(database: None) -> None:
    row, client = place.loans()[0], sitting("township")
    address = f"/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{row}/"
    offers = client.get(address).context["offers"]
    other = next(one for one, _ in offers if one.view.outcome == "ineligible")
    given = {"key": "b" * 32, "channel": "desk", "claim": other.key}
    assert client.post(address, given).status_code == 302
    assert Claim.objects.get().measure == other.measure.id


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"claim": ""}, "至少选一项"),
        ({"channel": "portal"}, "怎样收到"),
        ({"key": "short"}, "怎样收到"),
        ({"claim": "no-such~1"}, "至少选一项"),
    ],
)
def test_a_wrong_form_opens_nothing(database: None, change: dict[str, str], said: str) -> None:
    row = place.loans()[0]
    given = {"key": "c" * 32, "channel": "desk", "claim": f"{MEASURE}~{row}", **change}
    answer = sitting("township").post(f"/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{row}/", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Case.objects.exists()


def test_the_same_claimed_again_is_refused_with_the_number_of_the_other(case: Case) -> None:
    client = sitting("village")
    address = f"/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{case.row_id}/"
    assert case.number in client.get(address).content.decode()
    client.post(address, {"key": "d" * 32, "channel": "desk", "claim": f"{MEASURE}~{case.row_id}"})
    other = Case.objects.get(key=f"desk:{'d' * 32}")
    answer = do(client, task_at(other))
    assert answer.status_code == 422
    assert case.number in answer.content.decode()


def test_a_check_wants_its_papers(case: Case) -> None:
    answer = do(sitting("finance"), task_at(case), result="in_order")
    assert answer.status_code == 422
    assert "材料还没有齐" in answer.content.decode()
    assert "measure:" not in answer.content.decode().split("材料还没有齐")[1][:300]


def test_a_paper_is_uploaded_listed_and_taken_back(case: Case) -> None:
    client = sitting("finance")
    item = client.get(f"/cases/{case.number}/").context["items"][0][0]
    address = f"/cases/{case.number}/papers/"
    client.post(address, {"item": item.id, "file": SimpleUploadedFile("证明.pdf", PDF, "application/pdf")})
    paper = case.papers.get()
    assert paper.file is not None
    assert paper.file.name in client.get(f"/cases/{case.number}/").content.decode()
    answer = client.get(f"/attachments/{paper.file.id}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined] # of a file
    assert sitting("neighbour").get(f"/attachments/{paper.file.id}/").status_code == 404
    client.post(f"{address}{paper.id}/back/")
    paper.refresh_from_db()
    assert paper.withdrawn_by == "finance"


def test_a_file_that_is_none_is_refused_in_words(case: Case) -> None:
    given = {"item": "", "file": SimpleUploadedFile("virus.pdf", b"MZ...", "application/pdf")}
    answer = sitting("finance").post(f"/cases/{case.number}/papers/", given)
    assert answer.status_code == 422
    assert "不是 PDF" in answer.content.decode()
    assert not case.papers.exists()


def test_sent_back_it_is_answered_at_the_desk(case: Case) -> None:
    client = sitting("finance")
    assert do(client, task_at(case), result="sent_back").status_code == 422
    assert do(client, task_at(case), result="sent_back", reason="缺花名册").status_code == 302
    page = sitting("township").get("/cases/").content.decode()
    assert case.number in page
    shown = sitting("township").get(f"/cases/{case.number}/").content.decode()
    assert "缺花名册" in shown
    assert do(sitting("township"), task_at(case)).status_code == 302
    case.refresh_from_db()
    assert (case.step, case.visit) == ("confirm-loan", 2)


def test_a_refusal_needs_its_reason_and_two_people_where_it_departs(case: Case) -> None:
    check(case)
    answer = decide("finance-2", case, "refused")
    assert answer.status_code == 422
    assert "另一位同事" in answer.content.decode()
    assert decide("finance-2", case, "refused", "利息不实").status_code == 302
    case.refresh_from_db()
    assert case.end == ""
    assert "利息不实" in sitting("finance-3").get(f"/cases/{case.number}/").content.decode()
    assert decide("finance-3", case, "refused", "同意").status_code == 302
    case.refresh_from_db()
    decision = Decision.objects.get(case=case)
    assert (case.state, decision.result, decision.departs) == ("refused", "refused", True)
    page = sitting("auditor").get(f"/cases/{case.number}/").content.decode()
    assert "与建议不同" in page
    assert "利息不实" in page


def test_who_says_otherwise_makes_the_step_begin_anew(case: Case) -> None:
    check(case)
    assert decide("finance-2", case, amount="1234.50", reason="按实际收取").status_code == 302
    assert "等另一位同事" in sitting("finance-2").get(f"/cases/{case.number}/").content.decode()
    assert decide("finance-3", case).status_code == 302
    case.refresh_from_db()
    assert (case.step, case.visit, case.end) == ("decide", 2, "")
    for name in ("finance-2", "finance-3"):
        assert decide(name, case, amount="1234.50", reason="按实际收取").status_code == 302
    assert Claim.objects.get(case=case).amount == Decimal("1234.50")


def test_whoever_checked_is_told_beforehand_that_another_decides(case: Case) -> None:
    check(case)
    page = sitting("finance").get(f"/cases/{case.number}/").content.decode()
    assert "要由另一位同事办理" in page
    answer = decide("finance", case)
    assert answer.status_code == 422
    assert "由另一位同事办理" in answer.content.decode()


def test_the_same_form_sent_twice_is_one_vote(case: Case) -> None:
    check(case)
    task, claim = task_at(case), case.claims.get()
    for _ in range(2):
        given = {f"outcome_{claim.id}": "granted", f"payee_{claim.id}": place.PAYEE}
        answer = do(sitting("finance-2"), task, **given)
        assert answer.status_code == 302
    assert Vote.objects.filter(task=task).count() == 1


def test_other_desks_do_not_act(case: Case) -> None:
    for name in ("labour", "township", "coordinator"):
        answer = do(sitting(name), task_at(case), result="in_order")
        assert answer.status_code == 422
        assert "不由您所在的部门" in answer.content.decode()
    assert do(sitting("auditor"), task_at(case), result="in_order").status_code == 403
    assert do(sitting("neighbour"), task_at(case), result="in_order").status_code == 404


def test_a_task_is_taken_on_and_given_to_a_colleague(case: Case) -> None:
    task = task_at(case)
    address, client = f"/cases/{case.number}/tasks/{task.id}/holder/", sitting("finance")
    client.post(address, {f"holder-{task.id}-holder": "finance"})
    assert case.number in client.get("/cases/?show=mine").content.decode()
    client.post(address, {f"holder-{task.id}-holder": "finance-2"})
    task.refresh_from_db()
    assert task.holder == "finance-2"
    assert client.post(address, {f"holder-{task.id}-holder": "labour"}).status_code == 422
    task.refresh_from_db()
    assert task.holder == "finance-2"


def test_talk_is_for_officials_unless_it_is_said_otherwise(case: Case) -> None:
    client = sitting("labour")
    client.post(f"/cases/{case.number}/talk/", {"talk-text": "请先核对名单", "talk-to": "officials"})
    client.post(f"/cases/{case.number}/talk/", {"talk-text": "请带身份证来", "talk-to": "claimant"})
    assert [one.for_claimant for one in case.messages.order_by("id")] == [False, True]
    assert client.post(f"/cases/{case.number}/talk/", {"talk-text": " ", "talk-to": "officials"}).status_code == 422


def test_an_objection_on_paper_is_answered_by_who_had_no_hand(case: Case) -> None:
    assert sitting("township").post(f"/cases/{case.number}/contest/", _objection()).status_code == 422
    check(case)
    decide("finance-2", case, "refused", "利息不实")
    decide("finance-3", case, "refused", "同意")
    assert sitting("township").post(f"/cases/{case.number}/contest/", _objection()).status_code == 302
    found = case.objections.get()
    address = f"/cases/{case.number}/objections/{found.id}/"
    given = {f"objection-{found.id}-upheld": "yes", f"objection-{found.id}-words": "人数属实"}
    assert case.number in sitting("coordinator").get("/cases/all/?state=contested").content.decode()
    assert sitting("finance-2").post(address, given).status_code == 422
    assert sitting("labour").post(address, given).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.step, case.visit) == ("running", "decide", 2)


def test_the_claimant_may_take_it_back_at_the_desk(case: Case) -> None:
    assert sitting("township").post(f"/cases/{case.number}/withdraw/").status_code == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"


def _objection() -> dict[str, str]:
    return {"contest-kind": "objection", "contest-text": "人数算错了"}
