"""The form of the decision: its paper, what the register says of each winner, and which money pays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.awards.confirming import Decided, funds_of
from luoshi.office.awards.models import PAPER
from luoshi.office.awards.winning import find_winners
from luoshi.office.desk.awards.opening import Opened
from luoshi.office.desk.runs.forms import DayInput
from luoshi.office.registry.shape import Column
from luoshi.rulebook.model.types import Bool, Code, Date

CELL = "cell-"
MOST_DAYS = 366


class DecisionForm(forms.Form):
    """Fields of the register of winners are asked as the policy defines them, with what they probably hold."""

    paper = forms.CharField(label=_("确定结果的文件"), max_length=PAPER)

    def __init__(self, *args: Any, opened: Opened, has_winners: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._columns: tuple[Column, ...] = ()
        winners = find_winners(opened.rules) if has_winners else None
        if winners is not None:
            self._columns = winners.asked
            given = winners.proposals(opened.rules, opened.round, opened.today)
            for column in winners.asked:
                is_key = column.name in winners.table.key
                field = _field(opened, winners.table.register, column, required=is_key)
                field.initial = given.get(column.name, "")
                self.fields[f"{CELL}{column.name}"] = field
        self._ask_money(opened, has_winners)
        if has_winners and opened.rules.step("notice") is not None:
            self.fields["told_for"] = forms.IntegerField(
                label=_("结果公布几天"), min_value=1, max_value=MOST_DAYS, required=False,
                help_text=_("不填就不在网上公布结果。"),
            )  # fmt: skip

    @property
    def decided(self) -> Decided:
        """What was filled in."""
        given = self.cleaned_data
        cells = {column.name: str(given.get(f"{CELL}{column.name}") or "") for column in self._columns}
        return Decided(
            paper=given["paper"],
            cells=cells,
            fund=given.get("fund") or "",
            fund_year=given.get("fund_year") or 0,
            told_for=given.get("told_for"),
        )

    def _ask_money(self, opened: Opened, has_winners: bool) -> None:
        funds = funds_of(opened.rules) if has_winners else ()
        if not funds:
            return
        titles = [(fund, opened.rules.pack.funds[fund].title.say(opened.lang)) for fund in funds]
        self.fields["fund"] = forms.ChoiceField(
            label=_("奖励从哪项资金支付"),
            choices=[*titles, ("", _("不经财政支付（发实物）"))],
            required=False,
            initial=funds[0],
        )
        self.fields["fund_year"] = forms.IntegerField(
            label=_("资金年度"), min_value=2000, max_value=2100, initial=opened.today.year, required=False
        )


def _field(opened: Opened, register: str, column: Column, *, required: bool) -> forms.Field:
    label, kind = column.title.say(opened.lang), column.type
    if isinstance(kind, Code):
        titles = opened.rules.pack.registers[register].fields[column.name].codes
        known = [(code, titles[code].say(opened.lang) if code in titles else code) for code in kind.codes]
        return forms.ChoiceField(label=label, choices=[("", _("未选")), *known], required=required)
    if isinstance(kind, Bool):
        choices = [("", _("未选")), ("true", _("是")), ("false", _("否"))]
        return forms.ChoiceField(label=label, choices=choices, required=required)
    if isinstance(kind, Date):
        return forms.DateField(label=label, widget=DayInput, required=required)
    return forms.CharField(label=label, max_length=200, required=required)
