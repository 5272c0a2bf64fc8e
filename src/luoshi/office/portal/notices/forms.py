"""What the public types: an objection, and a receipt to read the answer to it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.notices.models import NoticeLine, Objection
from luoshi.office.notices.objecting import LONGEST_CONTACT, LONGEST_NAME, LONGEST_TEXT

RECEIPT = 20
KEY = Objection.KEY
COMPLAINTS: dict[str, str | Promise] = {
    "text": _("请写明您认为哪里不对，两千字以内。"),
    "contact": _("请写一个能联系到您的方式，一百字以内。"),
    "name": _("姓名太长。"),
    "no-line": _("请重新选择针对哪一项。"),
    "too-many": _("从您这个网络送来的次数太多了。请过一会儿再试，或者到受理地址当面提出。"),
}
"""What is said of an objection that cannot be taken, by the kind of the error."""


class ObjectionForm(forms.Form):
    """What is wrong, with which line, and how to reach whoever says so. `website` is for machines: people leave it."""

    position = forms.ChoiceField(label=_("针对哪一项"), required=False)
    text = forms.CharField(
        label=_("您认为哪里不对"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写清事情和依据。不用写证件号码。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=LONGEST_CONTACT,
        help_text=_("电话或者别的都行。以后凭它和回执编号看答复。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    name = forms.CharField(
        label=_("您的姓名（可不写）"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    key = forms.CharField(max_length=KEY, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("网址"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, lines: Sequence[NoticeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(line.position), _called(line)) for line in lines]
        self.fields["position"].choices = [("", _("整份公示")), *chosen]  # type: ignore[attr-defined] # it is a choice

    @property
    def is_by_machine(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))


class ReceiptForm(forms.Form):
    """The number of a receipt, and the contact that was given with the objection."""

    receipt = forms.CharField(
        label=_("回执编号"), max_length=RECEIPT, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    contact = forms.CharField(label=_("提出时写的联系方式"), max_length=LONGEST_CONTACT)


def new_key() -> str:
    """What tells a form from every other."""
    return os.urandom(KEY // 4).hex()


def _called(line: NoticeLine) -> str:
    return " ".join(filter(None, (f"{line.position}.", line.shown, line.place, line.title)))
