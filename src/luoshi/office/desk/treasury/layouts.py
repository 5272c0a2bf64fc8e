"""Pages of the layouts in which banks take their files: from a sample, tried, put to use by a second person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.money_words import attempt
from luoshi.office.desk.treasury.forms import DayInput
from luoshi.office.desk.treasury.titles import titles_for
from luoshi.office.treasury import layouts, queries, samples
from luoshi.office.treasury.errors import WrongFile
from luoshi.office.treasury.fields import BLANK, FIELDS
from luoshi.office.treasury.layouts import Shape
from luoshi.office.treasury.models import BankLayout

LONGEST = 80
ARRIVED = "成功"
"""What most banks write of money that has arrived."""
WORDS = "、"
"""What stands between the words for money that has arrived."""
FIELD_TITLES = {
    "number": gettext_lazy("序号"),
    "head_name": gettext_lazy("户主姓名"),
    "head_id": gettext_lazy("户主身份证号"),
    "payee_name": gettext_lazy("收款人姓名"),
    "payee_id": gettext_lazy("收款人身份证号"),
    "account": gettext_lazy("银行账号"),
    "bank": gettext_lazy("开户银行"),
    "village": gettext_lazy("村"),
    "group": gettext_lazy("组"),
    "subject_name": gettext_lazy("享受人姓名"),
    "subject_id": gettext_lazy("享受人身份证号"),
    "phone": gettext_lazy("电话"),
    "workplace": gettext_lazy("务工地点"),
    "transport": gettext_lazy("交通工具"),
    "standard": gettext_lazy("补贴标准"),
    "amount": gettext_lazy("金额"),
    "day": gettext_lazy("批准日期"),
    "remark": gettext_lazy("备注"),
    BLANK: gettext_lazy("（留空）"),
}


class SampleForm(forms.Form):
    """What the bank gave: a file as it takes it, and one as it gives it back."""

    code = forms.SlugField(label=gettext_lazy("代号"), max_length=40, help_text=gettext_lazy("字母、数字，如 abc-2"))
    title = forms.CharField(label=gettext_lazy("名称"), max_length=LONGEST)
    sample = forms.FileField(label=gettext_lazy("送给银行的文件样例"))
    back = forms.FileField(label=gettext_lazy("银行回盘文件样例"))


class ShapeForm(forms.Form):
    """How a file looks, and which columns of the one that comes back say what."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=LONGEST)
    form = forms.ChoiceField(label=gettext_lazy("文件"), choices=BankLayout.Form.choices)
    separator = forms.ChoiceField(label=gettext_lazy("分隔符"), choices=[(one, one) for one in (",", "|", ";")])
    encoding = forms.ChoiceField(
        label=gettext_lazy("编码"), choices=BankLayout._meta.get_field("encoding").choices or []
    )
    has_header = forms.BooleanField(label=gettext_lazy("第一行是标题"), required=False)
    has_control = forms.BooleanField(label=gettext_lazy("最后一行是笔数和合计"), required=False)
    number = forms.CharField(label=gettext_lazy("回盘：序号列"), max_length=LONGEST)
    amount = forms.CharField(label=gettext_lazy("回盘：金额列"), max_length=LONGEST)
    result = forms.CharField(label=gettext_lazy("回盘：结果列"), max_length=LONGEST)
    reason = forms.CharField(label=gettext_lazy("回盘：原因列"), max_length=LONGEST, required=False)
    account = forms.CharField(label=gettext_lazy("回盘：账号列"), max_length=LONGEST, required=False)
    paid_words = forms.CharField(
        label=gettext_lazy("表示已到账的字样"), max_length=200, help_text=gettext_lazy("用顿号隔开，如 成功、已支付")
    )


class ColumnForm(forms.Form):
    """A column of the file for the bank."""

    title = forms.CharField(max_length=LONGEST)
    field = forms.ChoiceField(choices=list(FIELD_TITLES.items()))


Columns = forms.formset_factory(ColumnForm, extra=0, max_num=60)


class UseForm(forms.Form):
    """From which day."""

    start = forms.DateField(label=gettext_lazy("启用日期"), widget=DayInput)


@never_cache
@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """The layouts, those in use first said so."""
    return _list(request, SampleForm())


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A draft from the samples of a bank."""
    form = SampleForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form)
    given = form.cleaned_data
    made: list[BankLayout] = []

    def act() -> None:
        shape = _guessed(given["title"], given["sample"], given["back"])
        made.append(layouts.draft(given["code"], shape, by=request.user.get_username()))

    done = attempt(request, act, _("草稿已建。请核对每一列，再由另一个人启用。"))
    return redirect("layout", made[0].id) if done else _list(request, form)


@never_cache
@require_safe
def layout(request: HttpRequest, number: int) -> HttpResponse:
    """One layout, with the last batch as it would write it."""
    found = _get(number)
    return _page(request, found, ShapeForm(initial=_initial(found)), Columns(initial=_columns(found)))


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """A draft is put right."""
    found, form, columns = _get(number), ShapeForm(request.POST), Columns(request.POST)
    if not (form.is_valid() and columns.is_valid()):
        return _page(request, found, form, columns)
    shape, by = _shape(form.cleaned_data, columns.cleaned_data), request.user.get_username()
    attempt(request, lambda: layouts.change(number, shape, by=by), _("草稿已保存。"))
    return redirect("layout", number)


@require_POST
def use(request: HttpRequest, number: int) -> HttpResponse:
    """A second person puts it to use."""
    _get(number)
    form = UseForm(request.POST)
    by = request.user.get_username()
    if form.is_valid():
        _attempt_use(request, lambda: layouts.use(number, form.cleaned_data["start"], by=by))
    return redirect("layout", number)


def _attempt_use(request: HttpRequest, act: Callable[[], object]) -> None:
    attempt(request, act, _("已启用。之前的批次仍用原来的格式。"))


def _guessed(title: str, sample: Any, back: Any) -> Shape:
    content = sample.read()
    columns = samples.guessed(samples.titles_of(content, sample.name or ""), BLANK)
    answers = samples.guessed_answers(samples.titles_of(back.read(), back.name or ""))
    is_text = not content.startswith(b"PK")
    form = BankLayout.Form.TEXT if is_text else BankLayout.Form.XLSX
    return Shape(title, form, ",", "gb18030", columns, True, False, answers, [ARRIVED])


def _shape(given: dict[str, Any], columns: Sequence[dict[str, Any]]) -> Shape:
    back = {role: given[role] for role in layouts.ROLES if given[role]}
    words = [word.strip() for word in given["paid_words"].split(WORDS) if word.strip()]
    pairs = [(each["field"], each["title"]) for each in columns]
    facts = (given["title"], given["form"], given["separator"], given["encoding"])
    return Shape(*facts, pairs, given["has_header"], given["has_control"], back, words)


def _initial(found: BankLayout) -> dict[str, Any]:
    names = ("title", "form", "separator", "encoding", "has_header", "has_control")
    shape: dict[str, Any] = {name: getattr(found, name) for name in names}
    return shape | dict(found.back) | {"paid_words": WORDS.join(found.paid_words)}


def _columns(found: BankLayout) -> list[dict[str, str]]:
    return [{"field": field if field in FIELDS else BLANK, "title": title} for field, title in found.columns]


def _get(number: int) -> BankLayout:
    found = BankLayout.objects.filter(id=number).first()
    if found is None:
        raise Http404
    return found


def _list(request: HttpRequest, form: SampleForm) -> HttpResponse:
    now = {one.id for one in layouts.list_in_use(timezone.localdate())}
    found = BankLayout.objects.order_by("code", "-number")
    facts = {"rows": [(one, one.id in now) for one in found], "form": form, "is_bound": form.is_bound}
    return render(request, "desk/treasury/layouts.html", facts | {"may_write": _may(request, "layout-add")})


def _page(request: HttpRequest, found: BankLayout, form: ShapeForm, columns: Any) -> HttpResponse:
    user = request.user.get_username()
    facts = {
        "found": found, "form": form, "columns": columns, "titles": [title for _field, title in found.columns],
        "fields": [(title, FIELD_TITLES.get(field, field)) for field, title in found.columns],
        "may_change": found.start is None and _may(request, "layout-change"),
        "may_use": found.start is None and user != found.made_by and _may(request, "layout-use"),
        "use": UseForm(initial={"start": timezone.localdate()}), "lacks": _lacks(found),
        "rows": _tried(request, found),
    }  # fmt: skip
    return render(request, "desk/treasury/layout.html", facts, status=400 if form.is_bound else 200)


def _lacks(found: BankLayout) -> bool:
    """Whether something is missing before it can be used."""
    try:
        layouts.check(found)
    except WrongFile:
        return True
    return False


def _tried(request: HttpRequest, found: BankLayout) -> list[list[object]] | None:
    """The last batch that the person sees, in this layout; None where there is none, or none that they may see."""
    if not _may(request, "batch"):
        return None
    titles = titles_for(request)
    last = queries.list_batches(titles.scope, titles.pack_ids, size=1)
    return [list(row) for row in layouts.preview(found, last[0])] if last else None


def _may(request: HttpRequest, route: str) -> bool:
    return may_open(route, getattr(request.user, "role", None))
