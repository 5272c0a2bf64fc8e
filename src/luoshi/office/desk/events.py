"""Events in words: what was done to what. Words that nobody has put here yet are shown as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.accounts.actions import SYSTEM
from luoshi.office.accounts.lockout import UNKNOWN
from luoshi.office.audit.queries import Event

KINDS: Mapping[str, str | Promise] = {
    "account": gettext_lazy("账号"),
    "attachment": gettext_lazy("附件"),
    "audit": gettext_lazy("日志核对"),
    "conflict": gettext_lazy("冲突"),
    "contact": gettext_lazy("告知"),
    "edition": gettext_lazy("政策版本"),
    "export": gettext_lazy("导出"),
    "finding": gettext_lazy("核查事项"),
    "import": gettext_lazy("导入"),
    "log": gettext_lazy("日志"),
    "missing": gettext_lazy("缺的资料"),
    "pack": gettext_lazy("政策"),
    "parameter": gettext_lazy("本地设定"),
    "print": gettext_lazy("打印"),
    "register": gettext_lazy("台账"),
    "run": gettext_lazy("计算"),
    "second-factor": gettext_lazy("两步验证"),
    "view": gettext_lazy("常用列表"),
}
"""The nouns of actions: what an event is about."""
VERBS: Mapping[str, str | Promise] = {
    "accept": gettext_lazy("接受"),
    "activate": gettext_lazy("起用"),
    "add": gettext_lazy("登记"),
    "appoint": gettext_lazy("任命"),
    "ask": gettext_lazy("要求"),
    "ask-undo": gettext_lazy("要求撤销"),
    "begin-anew": gettext_lazy("重新开始"),
    "cancel": gettext_lazy("取消"),
    "check": gettext_lazy("检查"),
    "choose-sheet": gettext_lazy("选工作表"),
    "clear": gettext_lazy("清理"),
    "close": gettext_lazy("停用"),
    "correct": gettext_lazy("更正"),
    "delete": gettext_lazy("删除"),
    "end-appointment": gettext_lazy("结束任职"),
    "end-sign-ins": gettext_lazy("结束全部登录"),
    "enrol": gettext_lazy("绑定"),
    "expire": gettext_lazy("到期删除"),
    "export": gettext_lazy("导出"),
    "fetch": gettext_lazy("下载"),
    "finish": gettext_lazy("完成"),
    "handle": gettext_lazy("处理"),
    "install": gettext_lazy("装入"),
    "keep": gettext_lazy("存入"),
    "keep-shipped": gettext_lazy("存入随带的一版"),
    "lock": gettext_lazy("锁定"),
    "look": gettext_lazy("检查"),
    "look-again": gettext_lazy("重新检查"),
    "merge": gettext_lazy("合并"),
    "notice": gettext_lazy("记下"),
    "offer": gettext_lazy("提出"),
    "open": gettext_lazy("开立"),
    "password": gettext_lazy("改密码"),
    "read": gettext_lazy("查看"),
    "receive": gettext_lazy("收下"),
    "recover": gettext_lazy("用恢复码"),
    "refuse": gettext_lazy("没有通过"),
    "reject": gettext_lazy("退回"),
    "remove": gettext_lazy("移除"),
    "renew-password": gettext_lazy("给新的初始密码"),
    "reopen": gettext_lazy("恢复"),
    "reset": gettext_lazy("重设"),
    "reveal": gettext_lazy("查看全号"),
    "search-doubles": gettext_lazy("找重复"),
    "separate": gettext_lazy("拆开"),
    "set": gettext_lazy("设定"),
    "settle": gettext_lazy("了结"),
    "sign-in": gettext_lazy("登录"),
    "sign-out": gettext_lazy("退出登录"),
    "stand-in": gettext_lazy("代理"),
    "tell-apart": gettext_lazy("认定不是同一个"),
    "undo": gettext_lazy("撤销"),
    "undo-refused": gettext_lazy("不能撤销"),
    "unlock": gettext_lazy("解锁"),
    "upload": gettext_lazy("上传"),
    "verify": gettext_lazy("核对"),
    "withdraw": gettext_lazy("撤回"),
    "withdraw-appointment": gettext_lazy("撤回任职"),
    "write": gettext_lazy("写成文件"),
}
"""What was done."""

NOBODY: Mapping[str, str | Promise] = {UNKNOWN: gettext_lazy("没登录的人"), SYSTEM: gettext_lazy("系统")}
"""Who acts without having an account."""


@dataclass(frozen=True)
class Told:
    """An event in words; `details` are its further facts, each with its name."""

    event: Event
    action: str
    details: tuple[tuple[str, str], ...]


def told(event: Event) -> Told:
    """The event in words."""
    kind, _dot, verb = event.action.partition(".")
    words = _("%(kind)s：%(verb)s") % {"kind": KINDS.get(kind, kind), "verb": VERBS.get(verb, verb)}
    return Told(event, words, tuple(_facts(event.details)))


def _facts(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in details.items():
        if value not in ("", None, [], {}):
            yield name, "、".join(map(str, value)) if isinstance(value, list) else str(value)
