"""What people write about money. What is wrong with it, the treasury says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.desk.money_words import TIERS
from luoshi.office.treasury.models import PersonList

LONGEST = 200
Choices = Sequence[tuple[str, str]]


class DayInput(forms.DateInput):
    """A day, chosen in the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _reason() -> forms.CharField:
    return forms.CharField(label=_("理由"), max_length=LONGEST)


def _amount() -> forms.DecimalField:
    return forms.DecimalField(label=_("金额（元）"), max_digits=18, decimal_places=2, min_value=0)


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason()


class PaperForm(ReasonForm):
    """Why, and on which paper."""

    document = forms.CharField(label=_("文件"), max_length=LONGEST, help_text=_("文件标题或文号"))


class GiveForm(PaperForm):
    """A budget: money of a tier for a fund in a year and an area."""

    fund = forms.ChoiceField(label=_("资金"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    area = forms.ChoiceField(label=_("区划"))
    tier = forms.ChoiceField(label=_("由谁出"), choices=list(TIERS.items()))
    amount = _amount()
    attachment = forms.FileField(label=_("文件扫描件"), required=False)
    field_order = ("fund", "year", "area", "tier", "amount", "reason", "document", "attachment")

    def __init__(self, *args: Any, funds: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = funds  # type: ignore[attr-defined] # a field of choices has them
        self.fields["area"].choices = areas  # type: ignore[attr-defined] # a field of choices has them


class HandDownForm(PaperForm):
    """Part of what an area has, for one within it."""

    area = forms.ChoiceField(label=_("分给"))
    amount = _amount()
    field_order = ("area", "amount", "reason", "document")

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined] # a field of choices has them


class CloseForm(PaperForm):
    """What becomes of what is left at the end of a year."""

    how = forms.ChoiceField(label=_("余额"), choices=[("carry", _("结转下年")), ("return", _("上缴"))])
    field_order = ("how", "reason", "document")


class MakeForm(forms.Form):
    """What a batch is to pay, and in which layout the bank takes it."""

    measure = forms.ChoiceField(label=_("措施"))
    period = forms.CharField(label=_("期间"), max_length=20, required=False, help_text=_("如 2021-02；不填则不分期间"))
    layout = forms.ChoiceField(label=_("银行格式"))
    corrects = forms.BooleanField(label=_("更正批：只列银行退回并已改正的"), required=False)

    def __init__(self, *args: Any, measures: Choices, layouts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = measures  # type: ignore[attr-defined] # a field of choices has them
        self.fields["layout"].choices = layouts  # type: ignore[attr-defined] # a field of choices has them


class ReturnForm(forms.Form):
    """The file that the bank gave back."""

    file = forms.FileField(label=_("回盘文件"))
    paid_on = forms.DateField(label=_("入账日期"), widget=DayInput)


class AmountForm(ReasonForm):
    """How much, and why."""

    amount = _amount()
    field_order: tuple[str, ...] = ("amount", "reason")


class DemandForm(AmountForm):
    """How much is due back, why, and until when."""

    due_on = forms.DateField(label=_("退回期限"), widget=DayInput)
    field_order = ("amount", "due_on", "reason")


class SettleForm(forms.Form):
    """What became of money that was due back."""

    how = forms.ChoiceField(label=_("处理"), choices=[("receive", _("收到退款")), ("write-off", _("核销"))])
    amount = _amount()
    document = forms.CharField(label=_("凭据或文件"), max_length=LONGEST)


class PayeeForm(ReasonForm):
    """Another account, or another payee."""

    name = forms.CharField(label=_("收款人姓名"), max_length=120)
    id_number = forms.CharField(label=_("收款人身份证号"), max_length=30)
    account = forms.CharField(label=_("银行账号"), max_length=40)
    bank = forms.CharField(label=_("开户银行"), max_length=120)
    field_order = ("name", "id_number", "account", "bank", "reason")


class ListForm(forms.Form):
    """A list of people that another office gave."""

    kind = forms.ChoiceField(label=_("名单"), choices=PersonList.Kind.choices)
    source = forms.CharField(label=_("提供单位"), max_length=120)
    as_of = forms.DateField(label=_("截至"), widget=DayInput)
    file = forms.FileField(label=_("文件"), help_text=_("表格里要有“身份证号”一列；只保存加密的索引"))


class AssignForm(forms.Form):
    """Whose desk it is on, and until when."""

    owner = forms.CharField(label=_("经办账号"), max_length=60)
    due = forms.DateField(label=_("期限"), widget=DayInput)
