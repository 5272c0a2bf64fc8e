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
from luoshi.office.notices.objecting import PUBLIC

KINDS: Mapping[str, str | Promise] = {
    "account": gettext_lazy("账号"),
    "applicant": gettext_lazy("群众账号"),
    "attachment": gettext_lazy("附件"),
    "audit": gettext_lazy("日志核对"),
    "award": gettext_lazy("评选"),
    "batch": gettext_lazy("发放批次"),
    "case": gettext_lazy("办件"),
    "claw-back": gettext_lazy("追回"),
    "commitment": gettext_lazy("待付款"),
    "conflict": gettext_lazy("冲突"),
    "contact": gettext_lazy("告知"),
    "edition": gettext_lazy("政策版本"),
    "export": gettext_lazy("导出"),
    "finding": gettext_lazy("核查事项"),
    "fund": gettext_lazy("资金"),
    "import": gettext_lazy("导入"),
    "layout": gettext_lazy("银行文件格式"),
    "ledger": gettext_lazy("账目"),
    "letter": gettext_lazy("公文"),
    "letter-series": gettext_lazy("文号"),
    "letter-template": gettext_lazy("公文模板"),
    "link": gettext_lazy("本人核对"),
    "log": gettext_lazy("日志"),
    "missing": gettext_lazy("缺的资料"),
    "notice": gettext_lazy("公示"),
    "objection": gettext_lazy("异议"),
    "pack": gettext_lazy("政策"),
    "parameter": gettext_lazy("本地设定"),
    "payee": gettext_lazy("收款人"),
    "people": gettext_lazy("人员名单"),
    "print": gettext_lazy("打印"),
    "proxy": gettext_lazy("代办"),
    "reception": gettext_lazy("异议受理"),
    "register": gettext_lazy("台账"),
    "run": gettext_lazy("计算"),
    "second-factor": gettext_lazy("两步验证"),
    "sheet": gettext_lazy("按期填报"),
    "treasury": gettext_lazy("资金台账"),
    "view": gettext_lazy("常用列表"),
}
"""The nouns of actions: what an event is about."""
VERBS: Mapping[str, str | Promise] = {
    "accept": gettext_lazy("接受"),
    "activate": gettext_lazy("起用"),
    "add": gettext_lazy("登记"),
    "answer": gettext_lazy("答复"),
    "apply": gettext_lazy("申请"),
    "appoint": gettext_lazy("任命"),
    "approve": gettext_lazy("批准"),
    "ask": gettext_lazy("要求"),
    "ask-undo": gettext_lazy("要求撤销"),
    "begin-anew": gettext_lazy("重新开始"),
    "cancel": gettext_lazy("取消"),
    "certify": gettext_lazy("发证"),
    "check": gettext_lazy("检查"),
    "choose": gettext_lazy("拟定人选"),
    "choose-sheet": gettext_lazy("选工作表"),
    "clear": gettext_lazy("清理"),
    "close": gettext_lazy("停用"),
    "close-nominations": gettext_lazy("截止提名"),
    "close-panel": gettext_lazy("结束评审"),
    "commit": gettext_lazy("列入待付"),
    "confirm": gettext_lazy("确认"),
    "conflict": gettext_lazy("申报回避"),
    "contest": gettext_lazy("提出异议"),
    "correct": gettext_lazy("更正"),
    "decide": gettext_lazy("决定"),
    "delete": gettext_lazy("删除"),
    "discard": gettext_lazy("删除草稿"),
    "download": gettext_lazy("下载"),
    "end": gettext_lazy("到期"),
    "end-appointment": gettext_lazy("结束任职"),
    "end-sign-ins": gettext_lazy("结束全部登录"),
    "enrol": gettext_lazy("绑定"),
    "enter": gettext_lazy("填报"),
    "expire": gettext_lazy("到期删除"),
    "export": gettext_lazy("导出"),
    "fetch": gettext_lazy("下载"),
    "finish": gettext_lazy("完成"),
    "go-on": gettext_lazy("恢复计时"),
    "idle": gettext_lazy("久未操作，自动退出"),
    "hand-in": gettext_lazy("上报"),
    "hand-over": gettext_lazy("移交"),
    "handle": gettext_lazy("处理"),
    "install": gettext_lazy("装入"),
    "issue": gettext_lazy("签发"),
    "keep": gettext_lazy("存入"),
    "keep-shipped": gettext_lazy("存入随带的一版"),
    "list": gettext_lazy("列名单"),
    "lock": gettext_lazy("锁定"),
    "look": gettext_lazy("检查"),
    "look-again": gettext_lazy("重新检查"),
    "make": gettext_lazy("提出"),
    "meet": gettext_lazy("会议"),
    "member": gettext_lazy("加入评委"),
    "member-left": gettext_lazy("退出评委"),
    "merge": gettext_lazy("合并"),
    "message": gettext_lazy("留言"),
    "nominate": gettext_lazy("提名"),
    "notice": gettext_lazy("记下"),
    "offer": gettext_lazy("提出"),
    "open": gettext_lazy("开立"),
    "opinion": gettext_lazy("提意见"),
    "paper": gettext_lazy("收到材料"),
    "paper-back": gettext_lazy("退回材料"),
    "password": gettext_lazy("改密码"),
    "pause": gettext_lazy("暂停计时"),
    "person": gettext_lazy("登记身份"),
    "print": gettext_lazy("打印"),
    "prove": gettext_lazy("核对账目"),
    "publish": gettext_lazy("发布"),
    "read": gettext_lazy("查看"),
    "receive": gettext_lazy("收下"),
    "record": gettext_lazy("记录"),
    "recover": gettext_lazy("用恢复码"),
    "refuse": gettext_lazy("没有通过"),
    "reject": gettext_lazy("退回"),
    "remove": gettext_lazy("移除"),
    "renew-password": gettext_lazy("给新的初始密码"),
    "reopen": gettext_lazy("恢复"),
    "reopen-panel": gettext_lazy("重新评审"),
    "replace": gettext_lazy("更换"),
    "reset": gettext_lazy("重设"),
    "return": gettext_lazy("读回盘文件"),
    "reveal": gettext_lazy("查看全号"),
    "review": gettext_lazy("复核"),
    "search-doubles": gettext_lazy("找重复"),
    "send": gettext_lazy("送银行"),
    "send-back": gettext_lazy("退回"),
    "separate": gettext_lazy("拆开"),
    "set": gettext_lazy("设定"),
    "set-aside": gettext_lazy("暂缓"),
    "settle": gettext_lazy("了结"),
    "sign-in": gettext_lazy("登录"),
    "sign-out": gettext_lazy("退出登录"),
    "stand-in": gettext_lazy("代理"),
    "stop": gettext_lazy("停止"),
    "submit": gettext_lazy("提交"),
    "take-down": gettext_lazy("撤下"),
    "tell": gettext_lazy("告知"),
    "tell-apart": gettext_lazy("认定不是同一个"),
    "undo": gettext_lazy("撤销"),
    "undo-refused": gettext_lazy("不能撤销"),
    "unlock": gettext_lazy("解锁"),
    "upload": gettext_lazy("上传"),
    "verify": gettext_lazy("核对"),
    "void": gettext_lazy("作废"),
    "vote": gettext_lazy("投票"),
    "withdraw": gettext_lazy("撤回"),
    "withdraw-appointment": gettext_lazy("撤回任职"),
    "write": gettext_lazy("写成文件"),
}
"""What was done."""

NOBODY: Mapping[str, str | Promise] = {
    UNKNOWN: gettext_lazy("没登录的人"),
    SYSTEM: gettext_lazy("系统"),
    PUBLIC: gettext_lazy("公众"),
}
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
