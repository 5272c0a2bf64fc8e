"""Accounts in words: how they stand, and why something about one was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.accounts.errors import AccountError

STATES: Mapping[str, str | Promise] = {
    "working": gettext_lazy("在用"),
    "idle": gettext_lazy("未任职"),
    "locked": gettext_lazy("已锁定"),
    "new": gettext_lazy("没改初始密码"),
    "closed": gettext_lazy("已停用"),
}
COLOURS: Mapping[str, str] = {"working": "fine", "locked": "late", "new": "open", "idle": "", "closed": ""}
REFUSALS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("账号只能用文字、数字、点、横线和下划线，不能有空格，不超过六十个字。"),
    "reserved": gettext_lazy("“%(seen)s”是系统自己用的名字，请换一个。"),
    "taken": gettext_lazy("账号 %(seen)s 已经有了，请换一个。"),
    "twice": gettext_lazy("账号 %(seen)s 在名单里不止一次，请只留一行。"),
    "no-person": gettext_lazy("缺姓名，或者姓名超过六十个字。"),
    "long": gettext_lazy("部门名称超过六十个字。"),
    "id-number": gettext_lazy("身份证号不对：要十八位，最后一位也要对得上。请照身份证核对。"),
    "no-id-number": gettext_lazy("缺本人身份证号。"),
    "role": gettext_lazy("没有“%(seen)s”这个角色。请照模板里的写法填。"),
    "no-area": gettext_lazy("这个角色要有区划，请填区划代码或名称。"),
    "no-place": gettext_lazy("区划里没有“%(seen)s”。请填代码，或者写全名称。"),
    "places": gettext_lazy("叫“%(seen)s”的不止一处：%(codes)s。请填代码。"),
    "not-this-role": gettext_lazy("这个角色您不能任命，请系统管理员办理。"),
    "beyond": gettext_lazy("这个区划不在您的管辖范围内。"),
    "backwards": gettext_lazy("结束的日子在开始的日子（%(start)s）以前。"),
    "later": gettext_lazy("从 %(start)s 起已有任职，新的任职要晚于这一天；或者先结束那一项。"),
    "own": gettext_lazy("本人的任职不能由本人办理，请别的管理人员办。"),
    "oneself": gettext_lazy("不能代理自己，请选别的账号。"),
    "deputy-of-deputy": gettext_lazy("这本身就是代理，不能再由别人代理。"),
    "outside": gettext_lazy("代理的日子要在被代理的任职之内（%(start)s 起）。"),
    "stands-in": gettext_lazy("这个账号 %(start)s 至 %(until)s 已在代理，日子不能重叠。"),
    "no-account": gettext_lazy("没有“%(seen)s”这个账号，或者它不归您管，或者已停用。"),
}


def refusal_words(problem: AccountError) -> str:
    """Why something was refused, for whoever asked for it."""
    words = REFUSALS.get(problem.kind)
    return str(words) % problem.facts if words else _("没有办成：%(problem)s") % {"problem": problem}
