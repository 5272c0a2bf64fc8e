"""What people fill in for a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.office.accounts.models import User
from luoshi.office.awards.models import PAPER, PERSON, REASON, Member, Round
from luoshi.office.awards.opening import Terms
from luoshi.office.awards.rules import Rules
from luoshi.office.desk.runs.forms import DayInput
from luoshi.office.registry.areas import Area

MOST = 9999
FILES = ".pdf,.doc,.docx,.xls,.xlsx,.jpg,.jpeg,.png"


class RoundForm(forms.Form):
    """What the office sets when it opens a round; what the text sets is not asked."""

    area = forms.ChoiceField(label=_("地区"))
    on = forms.DateField(label=_("条件看到哪一天"), widget=DayInput, help_text=_("这一天所在的年度就是评选年度。"))
    paper = forms.CharField(label=_("公布这次评选的文件"), max_length=PAPER)
    first_day = forms.DateField(label=_("申报开始日"), widget=DayInput)
    last_day = forms.DateField(label=_("申报截止日"), widget=DayInput)
    places = forms.IntegerField(label=_("名额"), min_value=1, max_value=MOST)
    places_basis = forms.CharField(label=_("定名额的文件"), max_length=PAPER)
    method = forms.ChoiceField(label=_("评委怎么评"), choices=Round.Method.choices, widget=forms.RadioSelect)
    greatest = forms.IntegerField(
        label=_("满分"), min_value=1, max_value=1000, required=False, help_text=_("打分的才填，例如 100。")
    )
    voters = forms.IntegerField(label=_("至少几名评委投票才有效"), min_value=1, max_value=99)
    notice_days = forms.IntegerField(label=_("公示几天"), min_value=1, max_value=366)
    notice_basis = forms.CharField(label=_("定公示天数的文件"), max_length=PAPER)

    def __init__(self, *args: Any, rules: Rules, areas: Sequence[Area], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(one.code, one.name) for one in areas]  # type: ignore[attr-defined] # has choices
        if rules.places(areas[0].code if areas else "", today) is not None or rules.settable is not None:
            del self.fields["places"], self.fields["places_basis"]
        step = rules.step("notice")
        if step is None or step.notice is None or step.notice.days is not None:
            del self.fields["notice_days"], self.fields["notice_basis"]

    @property
    def terms(self) -> Terms:
        """What was filled in."""
        return Terms(**{name: value for name, value in self.cleaned_data.items() if value is not None})


class PapersField(forms.FileField):
    """Some files, or none."""

    widget = type("Files", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, in the order in which they were chosen."""
        single = super().clean
        return [single(one, initial) for one in data or []]


class NominationForm(forms.Form):
    """Why somebody is nominated, with papers."""

    reason = forms.CharField(
        label=_("提名理由"), max_length=2 * REASON, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写事迹。不要写证件号、账号和电话。"),
    )  # fmt: skip
    papers = PapersField(
        label=_("材料"),
        required=False,
        help_text=_("可选几个文件。PDF、Word、Excel、JPEG 或 PNG，每个不超过 20 MB。"),
    )


class MemberForm(forms.Form):
    """A member of the panel: an account, or the name of somebody from outside."""

    username = forms.ChoiceField(label=_("有账号的评委"), required=False)
    name = forms.CharField(
        label=_("没有账号的评委"), max_length=PERSON, required=False, help_text=_("他的评审表由办公室录入。")
    )
    office = forms.CharField(label=_("单位和职务"), max_length=PAPER, required=False)

    def __init__(self, *args: Any, users: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [(one.username, f"{one.display_name}（{one.username}）") for one in users]
        self.fields["username"].choices = [("", _("不选")), *accounts]  # type: ignore[attr-defined] # has choices


class ReasonForm(forms.Form):
    """Why something is given up."""

    reason = forms.CharField(label=_("原因"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2}))


class ConflictForm(forms.Form):
    """Who sits out, and why."""

    member = forms.ChoiceField(label=_("评委"))
    reason = forms.CharField(
        label=_("利害关系"), max_length=REASON, help_text=_("例如：与申报人是亲属、雇主或合伙人。")
    )

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [(str(one.pk), one.name) for one in members]  # type: ignore[attr-defined] # has choices
