"""What an official fills in at a case: exactly what the step asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.casework.acting import Act
from luoshi.office.casework.models import Message, Objection
from luoshi.office.casework.settling import Outcome
from luoshi.office.desk.case_words import WAYS, result_words
from luoshi.office.desk.casework.claims import ClaimView, recommendation_words
from luoshi.office.desk.notices.forms import DaysForm
from luoshi.office.desk.worklists.forms import DayInput

REASON = 1000
NUMBER = 60
MOST_PEOPLE = 10_000


class ActForm(forms.Form):
    """What somebody comes to at a step: one of its results with a reason, or a decision about each claim.

    `payees`: to whom the money of a claim goes as the registers know it, "" where they know nobody.
    """

    reason = forms.CharField(
        label=_("意见和理由"), max_length=REASON, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        act: str,
        results: Sequence[str],
        claims: Sequence[ClaimView] = (),
        payees: Mapping[int, str] | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.act, self.results, self.decided = act, tuple(results), tuple(claims) if act == "decide" else ()
        self.payees = payees or {}
        reason = self.fields.pop("reason")
        if self.decided:
            for view in self.decided:
                self._ask_about(view)
        elif len(self.results) > 1:
            choices = [(result, result_words(result)) for result in self.results]
            self.fields["result"] = forms.ChoiceField(label=_("结果"), choices=choices, widget=forms.RadioSelect)
        self._ask_details()
        if act == "record":
            reason.label = _("办了什么")
        if act != "apply":
            self.fields["reason"] = reason

    def done(self) -> Act:
        """What was filled in."""
        given = self.cleaned_data
        outcomes = {view.claim.id: self._outcome(view.claim.id) for view in self.decided}
        if outcomes:
            result = "granted" if any(one.result == "granted" for one in outcomes.values()) else "refused"
        else:
            result = given.get("result") or self.results[0]
        details = {name: given[name] for name in DETAILS if given.get(name) not in (None, "")}
        named = {str(number): given[f"payee_{number}"] for number in outcomes if given.get(f"payee_{number}")}
        return Act(result, given.get("reason", ""), outcomes, details | ({"payees": named} if named else {}))

    def clean(self) -> dict[str, Any]:
        """What was filled in; no more can have agreed than came."""
        given = super().clean() or self.cleaned_data
        if (given.get("in_favour") or 0) > (given.get("attending") or 0):
            self.add_error("in_favour", _("同意的人不能比到会的多。"))
        return given

    def claims(self) -> Iterator[tuple[ClaimView, str, list[forms.BoundField]]]:
        """Each claim, what is recommended for it, and its fields."""
        for view in self.decided:
            names = (f"{kind}_{view.claim.id}" for kind in ("outcome", "amount", "fund", "payee"))
            yield view, recommendation_words(view), [self[name] for name in names if name in self.fields]

    def others(self) -> Iterator[forms.BoundField]:
        """The fields that are not about a claim."""
        return (field for field in self if not field.name.partition("_")[2].isdecimal())

    def _ask_about(self, view: ClaimView) -> None:
        number, found = view.claim.id, view.found
        is_eligible = found is not None and found.outcome == "eligible"
        self.fields[f"outcome_{number}"] = forms.ChoiceField(
            label=view.title,
            choices=[("granted", result_words("granted")), ("refused", result_words("refused"))],
            widget=forms.RadioSelect,
            initial="granted" if is_eligible else None,
        )
        if view.measure.amount is None:
            return
        self.fields[f"amount_{number}"] = forms.DecimalField(
            label=_("批准的金额（元）"), max_digits=18, decimal_places=2, required=False,
            min_value=Decimal("0.01"), initial=found.amount if is_eligible and found else None,
        )  # fmt: skip
        if len(view.funds) > 1:
            choices = [("", _("请选")), *view.funds]
            self.fields[f"fund_{number}"] = forms.ChoiceField(label=_("由哪项资金付"), choices=choices, required=False)
        if self.payees.get(number) == "":
            self.fields[f"payee_{number}"] = forms.CharField(
                label=_("付给谁"),
                max_length=NUMBER,
                required=False,
                help_text=_("台账里没有登记收款人，批准的要写明。"),
            )

    def _ask_details(self) -> None:
        if self.act == "certify":
            self.fields["number"] = forms.CharField(label=_("证书或牌匾的编号"), max_length=NUMBER)
        if self.act == "meet":
            for name, label in (("attending", _("到会人数")), ("in_favour", _("同意人数"))):
                self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE)
        if self.act == "tell":
            self.fields["how"] = forms.ChoiceField(label=_("怎样告知"), choices=list(WAYS.items()))

    def _outcome(self, number: int) -> Outcome:
        given = self.cleaned_data
        result = given[f"outcome_{number}"]
        if result != "granted":
            return Outcome(result)
        return Outcome(result, given.get(f"amount_{number}"), given.get(f"fund_{number}") or "")


DETAILS = ("number", "attending", "in_favour", "how")
"""Fields of which a vote keeps what was filled in."""


class PostingForm(DaysForm):
    """How a notice is headed and who posts it; its days only where the policy names no number."""

    heading = forms.CharField(label=_("公示的标题"), max_length=200)
    office = forms.CharField(label=_("发布单位"), max_length=200)
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    field_order = ("heading", "office", "days", "paper", "key")

    def __init__(self, *args: Any, is_silent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_silent:
            del self.fields["days"], self.fields["paper"]


class TalkForm(forms.Form):
    """A line of talk."""

    text = forms.CharField(label=_("留言"), max_length=Message.LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    to = forms.ChoiceField(
        label=_("给谁看"),
        choices=[("officials", _("只给办理的同事看")), ("claimant", _("申请人也看得到"))],
        initial="officials",
        widget=forms.RadioSelect,
    )


class ObjectionForm(forms.Form):
    """What somebody has brought on paper against a decision."""

    kind = forms.ChoiceField(label=_("种类"), choices=Objection.Kind.choices)
    text = forms.CharField(label=_("内容"), max_length=Message.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """The answer to an objection."""

    upheld = forms.ChoiceField(
        label=_("核实结果"),
        choices=[("yes", _("成立：退回重新决定")), ("no", _("不成立"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("理由"),
        max_length=Message.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("申请人会读到。写清查了什么、依据什么。"),
    )


class HolderForm(forms.Form):
    """To whom of the desk a task is given."""

    holder = forms.ChoiceField(label=_("交给"), required=False)

    def __init__(self, *args: Any, people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("不指定，谁先办都行")), *people.items()]
        self.fields["holder"].choices = choices  # type: ignore[attr-defined] # it is a choice


class PauseForm(forms.Form):
    """Why the clock of a task stands still."""

    why = forms.CharField(label=_("停计时限的理由"), max_length=300)


class PaperForm(forms.Form):
    """A paper that somebody has brought."""

    file = forms.FileField(label=_("文件"))


class LetterForm(forms.Form):
    """Who writes a letter, and what the case does not know."""

    office = forms.CharField(label=_("发文机关"), max_length=200)
    contact = forms.CharField(label=_("地址和电话"), max_length=200, required=False)
    until = forms.DateField(
        label=_("补正期限"), required=False, widget=DayInput, help_text=_("只有补正通知要填期限和地址。")
    )
