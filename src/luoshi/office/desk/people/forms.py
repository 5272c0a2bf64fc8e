"""What people fill in about accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luoshi.office.accounts.actions import Post
from luoshi.office.accounts.authority import Authority
from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.persons import index_of
from luoshi.office.accounts.queries import STATES as STATE_NAMES
from luoshi.office.accounts.roles import Role
from luoshi.office.desk.people.places import Places
from luoshi.office.desk.people.wording import STATES, refusal_words

ALL = ("", _("全部"))


class Day(forms.DateField):
    """A day, chosen from a calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class NarrowForm(forms.Form):
    """What the list of accounts is narrowed to."""

    text = forms.CharField(label=_("姓名或账号"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[ALL, *Role.choices])
    area = forms.CharField(label=_("区划"), required=False, max_length=60, widget=forms.TextInput({"list": "areas"}))
    department = forms.ChoiceField(label=_("部门"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[ALL, *((name, STATES[name]) for name in STATE_NAMES)]
    )

    def __init__(self, *args: Any, places: Places, departments: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places
        self.fields["department"].choices = [ALL, *((one, one) for one in departments)]  # type: ignore[attr-defined] # a ChoiceField

    def clean_area(self) -> str:
        """The code of an area."""
        return _code(self._places, self.cleaned_data["area"])


class PostForm(forms.Form):
    """A post and its term."""

    role = forms.ChoiceField(label=_("角色"))
    area = forms.CharField(
        label=_("区划"), required=False, max_length=60, widget=forms.TextInput({"list": "areas"}),
        help_text=_("区划代码或名称，如村名；系统管理员可以空着。"),
    )  # fmt: skip
    department = forms.CharField(
        label=_("部门"), required=False, max_length=60, widget=forms.TextInput({"list": "departments"})
    )
    start = Day(label=_("任职开始"))
    until = Day(label=_("任职结束"), required=False, help_text=_("没有期限就空着。"))

    def __init__(self, *args: Any, keeper: Authority, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"start": today}})
        self._keeper = keeper
        given = [(value, label) for value, label in Role.choices if value in keeper.roles]
        self.fields["role"].choices = [("", _("请选择")), *given]  # type: ignore[attr-defined] # a ChoiceField

    def clean_area(self) -> str:
        """The code of an area."""
        return _code(Places(self._keeper.scope), self.cleaned_data["area"])

    def clean(self) -> dict[str, Any]:
        """A post that whoever fills this in may give."""
        given = self.cleaned_data
        if "role" in given and "area" in given:
            try:
                given["post"] = Post(given["role"], given["area"], given.get("department", "").strip())
                self._keeper.hold(given["role"], given["area"])
            except AccountError as problem:
                self.add_error("area" if problem.kind in {"no-area", "beyond"} else "role", refusal_words(problem))
        return given


class IdNumber(forms.CharField):
    """The number on somebody's card, by which their accounts are known for one person's. It is kept nowhere."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def __init__(self) -> None:
        told = _("只用来认出同一个人的几个账号：一个人不能用两个账号既经手又复核。号码本身不保存。")
        super().__init__(label=_("本人身份证号"), max_length=30, help_text=told)

    def clean(self, value: Any) -> str:
        """The number, where it is one."""
        written = str(super().clean(value))
        try:
            index_of(written)
        except AccountError as problem:
            raise ValidationError(refusal_words(problem)) from None
        return written


class PersonForm(forms.Form):
    """Who is behind an account."""

    id_number = IdNumber()


class OpenForm(PostForm):
    """A new account with its first post."""

    username = forms.CharField(label=_("账号"), max_length=60, help_text=_("登录时用；文字、数字、点和横线。"))
    display_name = forms.CharField(label=_("姓名"), max_length=60)
    id_number = IdNumber()
    field_order = ("username", "display_name", "id_number", "role", "area", "department", "start", "until")


class DeputyForm(forms.Form):
    """Who stands in for somebody, and how long."""

    username = forms.CharField(label=_("代理人账号"), max_length=60)
    start = Day(label=_("代理开始"))
    until = Day(label=_("代理结束"))


class EndForm(forms.Form):
    """The last day of an appointment."""

    last = Day(label=_("最后一天"))


class ReasonForm(forms.Form):
    """Why something is done that takes somebody's access away, or opens it anew."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class ListForm(forms.Form):
    """A list of accounts, and from when their posts hold."""

    file = forms.FileField(label=_("名单"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}))
    start = Day(label=_("任职开始"))


def _code(places: Places, written: str) -> str:
    try:
        return places.code_of(written)
    except AccountError as problem:
        raise ValidationError(refusal_words(problem)) from None
