"""Money that was set aside goes to the bank over the pages: three people of a desk, the bank's file and its answer."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.office.casework.routing import Desk
from luoshi.office.treasury import jobs as treasury
from luoshi.office.treasury.models import Batch
from luoshi.office.treasury.queries import list_payments_of
from luoshi.rulebook.model.blocks import Measure, Pack
from tests.office.desk.casework.desks import people_at
from tests.office.desk.casework.place import sitting
from tests.office.desk.page_forms import form_on, forms_on, sent
from tests.office.treasury.place import citizen, returned

ACCOUNT = "62270001234567890"
PAYEE = {"name": "样例收款人", "id_number": citizen(1), "account": ACCOUNT, "bank": "样例银行", "reason": "开户证明"}


class Windows(dict[str, Client]):
    """The browsers of people, by their accounts; everybody signs in once."""

    def __missing__(self, name: str) -> Client:
        self[name] = sitting(name)
        return self[name]


@dataclass(frozen=True)
class Money:
    """What was set aside for a measure, under the name by which the treasury knows where it was decided."""

    pack: Pack
    measure: Measure
    case: str

    def pay(self, windows: Mapping[str, Client], desk: Desk, day: date) -> None:
        """Three people of a desk make a batch, check it and approve it; the bank has its file and answers."""
        one, two, three = (windows[name] for name in people_at(desk))
        for payment in list_payments_of(self.case):
            sent(form_on(one, f"/money/payments/{payment.commitment}/", "payee-replace"), one, PAYEE)
        made = form_on(one, "/money/batches/", "batch-make")
        address = sent(made, one, {"measure": f"{self.pack.policy.id}/{self.measure.id}", "layout": "one-card"})
        treasury.fill(int(address.rstrip("/").rpartition("/")[2]))
        offered = list(forms_on(one, address))
        for route in ("check-accept", "line-keep", "batch-submit"):
            for asked in offered:
                if asked.route == route:
                    checks = {"check": asked.choices["check"]} if "check" in asked.choices else {}
                    sent(asked, one, {"reason": "已核对"} | checks)
        for client, route in ((two, "batch-check"), (three, "batch-approve"), (three, "batch-send")):
            sent(form_on(client, address, route), client, {})
        _meet_the_bank(three, address, day)


def _meet_the_bank(client: Client, address: str, day: date) -> None:
    """Its file names the account; what it gives back is read."""
    offered = {form.route: form for form in forms_on(client, address)}
    file = offered["bank-file"].send(client, {"reason": "交银行"})
    cells = {str(cell) for row in openpyxl.load_workbook(io.BytesIO(file.content)).active.values for cell in row}
    assert ACCOUNT in cells
    answer = SimpleUploadedFile("return.xlsx", returned(Batch.objects.select_related("layout").latest("id")))
    sent(offered["bank-return"], client, {"file": answer, "paid_on": day.isoformat()})
