"""Saved views: one's own, or shared with everyone of the area; nobody else's to change."""

import pytest

from luoshi.office.accounts.roles import Role
from luoshi.office.audit.queries import events
from luoshi.office.desk.models import SavedView
from tests.office.desk.registers.ground import CITY, LOANS, ONE, OTHER, PACK, signed_in

pytestmark = pytest.mark.usefixtures("registers", "database")
SAVE = f"/registers/{PACK}/loan_interest/views/"


def test_a_view_is_kept_shown_renamed_and_deleted() -> None:
    client = signed_in()
    query = "?is.processing_use=yes&sort=-principal"
    for _ in range(2):
        assert client.post(SAVE + query, {"name": "用于加工"}).headers["Location"] == LOANS + query
    view = SavedView.objects.get()
    assert f'<a href="{LOANS}?is.processing_use=yes&amp;sort=-principal" aria-current="page">用于加工' in (
        client.get(LOANS + query).content.decode()
    )
    client.post(f"/registers/views/{view.id}/rename/", {"name": "加工"})
    view.refresh_from_db()
    assert view.name == "加工"
    client.post(f"/registers/views/{view.id}/delete/")
    assert client.post(f"/registers/views/{view.id}/delete/").status_code == 404
    assert not SavedView.objects.exists()
    assert {event.action for event in events(CITY)} >= {"view.save", "view.rename", "view.delete"}
    assert "用于加工" not in str(events(CITY))


def test_a_shared_view_is_seen_in_the_area_only_and_changed_by_nobody_else() -> None:
    signed_in(area=ONE).post(SAVE, {"name": "共用的", "shared": "on"})
    signed_in(area=ONE).post(SAVE, {"name": "自己的"})
    view = SavedView.objects.get(name="共用的")
    near = signed_in(Role.TOWNSHIP_CADRE, "331121001")
    assert "共用的" in near.get(LOANS).content.decode()
    assert "自己的" not in near.get(LOANS).content.decode()
    for client in (signed_in(area=OTHER), signed_in(area=CITY)):
        assert "共用的" not in client.get(LOANS).content.decode()
    assert near.post(f"/registers/views/{view.id}/delete/").status_code == 404
    assert near.post(f"/registers/views/{view.id}/rename/", {"name": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_has_a_name(name: str) -> None:
    signed_in().post(SAVE, {"name": name})
    assert not SavedView.objects.exists()


def test_two_views_do_not_have_one_name() -> None:
    client = signed_in()
    for name in ("甲", "乙"):
        client.post(SAVE, {"name": name})
    client.post(f"/registers/views/{SavedView.objects.get(name='乙').id}/rename/", {"name": "甲"})
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["乙", "甲"]


def test_what_cannot_be_asked_cannot_be_kept() -> None:
    assert signed_in().post(SAVE + "?is.nothing=1", {"name": "甲"}).status_code == 400
