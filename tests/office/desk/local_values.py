"""What the tests of local values do again and again: fill in the form, draw up, try out, go a step further."""

import re
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.runs import previewing
from luoshi.office.runs.models import LocalSetting, Preview, Run
from tests.office.runs.city import PACK
from tests.office.verified import let_in

COUNTY, OTHER, CITY = "331122", "331121", "3311"
NAME = "interest_share"
HOME = f"/parameters/{PACK}/"
PDF = b"%PDF-1.7\n%%EOF"


def signed_in(role: str, area: str, name: str = "") -> Client:
    """The browser of somebody with a role in an area."""
    user = open_account(name or f"{role[:9]}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return let_in(Client(), user)


def sent(**other: object) -> dict[str, object]:
    """The form of a value as somebody fills it in; None leaves a field out."""
    said: dict[str, object] = {
        "area": COUNTY,
        "value": "60",
        "start": "2023-06-01",
        "document": "贴息办法",
        "document_number": "样财〔2023〕1号",
        "document_date": "2023-05-20",
        "file": SimpleUploadedFile("办法.pdf", PDF),
    }
    return {name: value for name, value in (said | other).items() if value is not None}


def text(answer: HttpResponse, status: int = 200) -> str:
    """A page."""
    assert answer.status_code == status, answer.content.decode()[:300]
    return answer.content.decode()


def drafted(client: Client, **other: object) -> LocalSetting:
    """A value that was drawn up."""
    answer = client.post(f"{HOME}{NAME}/set/", sent(**other))
    assert answer.status_code == 302, re.findall(r'role="alert">(.*?)</div>', answer.content.decode(), re.DOTALL)
    setting = LocalSetting.objects.get(id=int(answer.headers["Location"].strip("/").rpartition("/")[2]))
    return setting


def tried(setting: LocalSetting, really: bool = False) -> LocalSetting:
    """The trial is over; only what shows its figures waits for a real one."""
    if really:
        assert previewing.carry_out(setting.preview.id) is not None
    Preview.objects.filter(setting=setting).update(state=Run.State.FINISHED)
    return setting


def step(client: Client, setting: LocalSetting, name: str, **more: str) -> HttpResponse:
    """A draft goes a step further."""
    answer = client.post(f"/local-values/{setting.id}/{name}/", more)
    setting.refresh_from_db()
    return answer
