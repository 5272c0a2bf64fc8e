"""What the treasury refuses, in words: what was seen, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luoshi.office.treasury import errors

TIERS: dict[str, str | Promise] = {
    "central": gettext_lazy("中央"),
    "province": gettext_lazy("省级"),
    "city": gettext_lazy("市级"),
    "county": gettext_lazy("县级"),
    "township": gettext_lazy("乡镇"),
    "society": gettext_lazy("社会资金"),
}
PLAIN: dict[type[errors.Refused], str | Promise] = {
    errors.WrongAmount: gettext_lazy("金额不对：须大于零，最多两位小数，且不超过可用的数额。请改正后再保存。"),
    errors.NoReason: gettext_lazy("请写明理由和文件（各不超过 200 字）。"),
    errors.YearClosed: gettext_lazy("这个年度已经关账，不能再下达或承诺。请用下一年度。"),
    errors.Busy: gettext_lazy("别人正在处理这一笔。请稍后再试。"),
    errors.WrongStep: gettext_lazy("现在不能走这一步，可能别人已经先办了。请看页面上的最新状态。"),
    errors.SamePerson: gettext_lazy("编制、复核、批准须由三个不同的人办理；这一步请换人办。"),
    errors.OwnMoney: gettext_lazy(
        "这是编制人自己的钱，不能由本人决定照付。请由同一办公室的另一人看过后处理，或者停发这一行。"
    ),
    errors.NotPayer: gettext_lazy("按文件，这项由上级支付，本级不编制批次。"),
    errors.ListChanged: gettext_lazy("名单与复核过的不一致。请退回编制人重新复核。"),
}
FILES: dict[str, str | Promise] = {
    "size": gettext_lazy("文件是空的，或者超过 20 兆。"),
    "unreadable": gettext_lazy("文件打不开：须是 Excel 或文本表格。"),
    "column": gettext_lazy("缺少需要的列。"),
    "number": gettext_lazy("序号不是整数。"),
    "money": gettext_lazy("金额不是数字。"),
    "result": gettext_lazy("没有写处理结果。"),
    "unknown": gettext_lazy("本批没有这个序号。"),
    "twice": gettext_lazy("同一序号出现两次。"),
    "amount": gettext_lazy("金额与送出的不一致。"),
    "account": gettext_lazy("账号与送出的不一致。"),
    "missing": gettext_lazy("有送出的行没有结果。"),
    "total": gettext_lazy("合计与各行之和不一致。"),
    "another batch": gettext_lazy("这个文件已经用在另一批上。"),
    "id": gettext_lazy("身份证号有误。"),
    "back": gettext_lazy("回盘文件的列没有写全。"),
    "in use": gettext_lazy("有未办完的批次在用这个格式，等它们办完再改。"),
}


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Whether something was done; the next page says so, or why not."""
    try:
        act()
    except errors.Refused as refused:
        messages.warning(request, told(refused))
        return False
    messages.success(request, done)
    return True


def told(refused: errors.Refused) -> str:
    """Why something was refused."""
    if isinstance(refused, errors.Short):
        return _short(refused)
    if isinstance(refused, errors.WrongFile):
        return _file(refused)
    if isinstance(refused, errors.FindingsOpen):
        number = refused.number
        return ngettext("还有 %(number)d 项没有处理。", "还有 %(number)d 项没有处理。", number) % {"number": number}
    if isinstance(refused, errors.NeverCharged):
        return _("按文件，这项资金不能由%(tier)s出。请核对资金来源。") % {
            "tier": TIERS.get(refused.payer, refused.payer)
        }
    if isinstance(refused, errors.WrongDecision):
        return _("这些内容不对：%(fields)s。请改正后再保存。") % {"fields": "、".join(refused.fields)}
    return str(PLAIN[type(refused)])


def _short(short: errors.Short) -> str:
    gap = f"{short.gap:,.2f}"
    if not short.covers:
        return _("余额不够，还差 %(gap)s 元。请先下达预算。") % {"gap": gap}
    covers = "、".join(str(TIERS.get(tier, tier)) for tier in short.covers)
    return _("余额不够，还差 %(gap)s 元。按文件，缺口依次由%(covers)s承担。") % {"gap": gap, "covers": covers}


def _file(wrong: errors.WrongFile) -> str:
    parts = [str(FILES[wrong.reason])]
    if wrong.row is not None:
        parts.append(_("第 %(row)d 行。") % {"row": wrong.row})
    if wrong.seen:
        parts.append(_("文件里是：%(seen)s。") % {"seen": wrong.seen})
    if wrong.wanted:
        parts.append(_("应当是：%(wanted)s。") % {"wanted": wrong.wanted})
    return "".join([*parts, _("整个文件没有采用，什么都没有改变。")])
