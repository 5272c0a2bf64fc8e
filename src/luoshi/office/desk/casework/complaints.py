"""What is said when something cannot be done in a case: one place for all kinds of refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.attachments.errors import NotKept
from luoshi.office.casework.errors import CaseError
from luoshi.office.desk.notices.forms import COMPLAINTS as OF_NOTICES
from luoshi.office.letters.errors import Incomplete, NoSeries, NotAllowed
from luoshi.office.notices.errors import NoticeError
from luoshi.office.treasury import errors as treasury
from luoshi.rulebook.model.bases import Bilingual, Block
from luoshi.rulebook.model.blocks import Pack

PLAIN: Mapping[str, str | Promise] = {
    "procedure": gettext_lazy("这个程序不在本系统里办理，或者选的对象不归它管。请重新选。"),
    "row": gettext_lazy("选的对象不在您的辖区里，或者还没有登记到哪个村。请核对台账。"),
    "measure": gettext_lazy("选的措施不走这个程序。请重新选。"),
    "closed": gettext_lazy("选的措施按文件规定还没有开放，不能申请。要先由有权机关依规定的文书开放。"),
    "period": gettext_lazy("期限没有填对：按年的写四位年份，按月的写年-月，例如 2023-05。"),
    "nothing": gettext_lazy("还没有选申请哪一项。请至少选一项。"),
    "filed": gettext_lazy("申请已经提交，不能删除；可以按申请人的要求撤回。"),
    "decided": gettext_lazy("已经作出决定，不能再撤回。"),
    "ended": gettext_lazy("这件已经办完，不能再改。"),
    "item": gettext_lazy("清单里没有这一项材料。请刷新页面再试。"),
    "desk": gettext_lazy("这一步不由您所在的部门和地区办理。"),
    "done": gettext_lazy("这一步已经有人办完。请刷新页面看最新情况。"),
    "result": gettext_lazy("请在列出的结果里选一个。"),
    "alone": gettext_lazy("这一步由系统办结：公示满期、款项付出以后自己往下走。"),
    "hand": gettext_lazy(
        "您已经办过这件的另一步：经手的人不能核对和决定同一件，一步也只能表态一次。请由另一位同事办理。"
    ),
    "turn": gettext_lazy("在您填写的时候，这里已经又办过一次。请看过记录；还要记的，再填一次。"),
    "outcomes": gettext_lazy("请对每一项都作出决定；批准的要至少有一项批准。"),
    "number": gettext_lazy("请写证书编号；编号不能与已有的重复。"),
    "payee": gettext_lazy("台账里没有登记这笔钱付给谁。请写明收款人，或者先补登台账。"),
    "mixed": gettext_lazy("选的几件不是同一程序的同一步，不能一起公示。请分开办。"),
    "undecided": gettext_lazy("还没有作出决定，不能提出异议。"),
    "open": gettext_lazy("已经有一份同样的异议等着答复。"),
    "blank": gettext_lazy("还没有写内容。"),
    "paid": gettext_lazy("款项已经付出：先按规定追回，再重新决定。"),
}
"""Kinds of errors that need no facts to be worded."""
REASONS: Mapping[str, str | Promise] = {
    "departs": gettext_lazy("您的决定与系统的建议不同：请写明理由。还要另一位同事作出同样的决定才生效。"),
    "refused": gettext_lazy("不批准要写明理由；申请人会读到。"),
    "sent_back": gettext_lazy("退回要写明缺什么、怎样补；申请人会读到。"),
    "pause": gettext_lazy("停计时限要写明在等什么。"),
}
"""Why a reason is wanted, by what was chosen."""
OF_TREASURY: Mapping[type[treasury.Refused], str | Promise] = {
    treasury.YearClosed: gettext_lazy("这项资金本年度已经结账，不能再安排。"),
    treasury.Busy: gettext_lazy("有人正在办理同一笔资金。请稍等再试。"),
    treasury.NoReason: gettext_lazy("请写明理由。"),
}


@dataclass(frozen=True)
class About:
    """What an error is about: a text, a procedure of it, and the language to say it in."""

    pack: Pack
    procedure: str
    lang: str

    def measure(self, name: str) -> str:
        """A measure in words."""
        return self._title(self.pack.measures, name)

    def fund(self, name: str) -> str:
        """A fund in words."""
        return self._title(self.pack.funds, name)

    def item(self, item: str) -> str:
        """A paper of the checklist in the words of the policy, by its id; "" is any other paper."""
        kind, _colon, rest = item.partition(":")
        name, _colon, place = rest.rpartition(":")
        asked = self._evidence(kind, name)
        is_known = place.isdecimal() and int(place) < len(asked)
        return asked[int(place)].say(self.lang) if is_known else item or _("其他材料")

    def _evidence(self, kind: str, name: str) -> Sequence[Bilingual]:
        if kind == "measure":
            return self.pack.measures[name].evidence if name in self.pack.measures else ()
        procedure = self.pack.procedures.get(self.procedure)
        steps = procedure.steps if procedure else ()
        return next((step.evidence for step in steps if step.id == name), ())

    def _title(self, blocks: Mapping[str, Block], name: str) -> str:
        return blocks[name].title.say(self.lang) if name in blocks else name


def said(error: Exception, about: About) -> str:
    """A refusal in words: what was seen, and what to do. Whatever is not worded here is raised again."""
    if isinstance(error, CaseError):
        return _of_case(error, about)
    if isinstance(error, treasury.Refused):
        return _of_treasury(error, about)
    if isinstance(error, NoticeError):
        return str(OF_NOTICES.get(error.kind, _("公示没有发布：%(kind)s。请核对填的内容。") % {"kind": error.kind}))
    if isinstance(error, NotKept | Incomplete | NoSeries | NotAllowed):
        return str(error)
    raise error


def _of_case(error: CaseError, about: About) -> str:
    if error.kind in PLAIN:
        return str(PLAIN[error.kind])
    return WITH_FACTS[error.kind](error.facts, about)


def _reason(facts: Mapping[str, Any], about: About) -> str:
    return str(REASONS.get(str(facts.get("result")), _("请写明理由。")))


def _papers(facts: Mapping[str, Any], about: About) -> str:
    words = [about.item(item) for item in facts["items"]]
    told = {"items": _("；").join(words)}
    return _("材料还没有齐：%(items)s。请上传，或者看过原件后勾选；缺的请退回补正。") % told


def _claimed(facts: Mapping[str, Any], about: About) -> str:
    told = {"measure": about.measure(facts["measure"]), "case": facts["case"]}
    return _("“%(measure)s”在办件 %(case)s 里已经申请或批准过，同一对象同一期只能有一次。") % told


def _amount(facts: Mapping[str, Any], about: About) -> str:
    told = {"measure": about.measure(facts["measure"])}
    return _("“%(measure)s”的金额没有填对：给钱的要大于零，不给钱的不填。") % told


def _fund(facts: Mapping[str, Any], about: About) -> str:
    known = [about.fund(name) for name in facts["known"]]
    told = {"measure": about.measure(facts["measure"]), "funds": _("、").join(known)}
    return _("请选“%(measure)s”由哪项资金付：%(funds)s。") % told


def _differs(facts: Mapping[str, Any], about: About) -> str:
    told = {"amount": facts["amount"]}
    return _("另一部门已按 %(amount)s 元批准同一项，共同决定的金额和资金要一致。请先商量。") % told


def _long(facts: Mapping[str, Any], about: About) -> str:
    return _("写得太长，请不超过 %(most)s 字。") % facts


WITH_FACTS: Mapping[str, Callable[[Mapping[str, Any], About], str]] = {
    "reason": _reason,
    "papers": _papers,
    "claimed": _claimed,
    "amount": _amount,
    "fund": _fund,
    "differs": _differs,
    "long": _long,
}
"""Kinds of errors whose words hold what was seen."""


def _of_treasury(error: treasury.Refused, about: About) -> str:
    if isinstance(error, treasury.Short):
        told = {"gap": f"{error.gap:,.2f}", "covers": _("、").join(error.covers) or _("文件没有写由谁补足")}
        return _("资金不够，还差 %(gap)s 元。补足的次序：%(covers)s。安排了资金再决定。") % told
    if isinstance(error, treasury.NeverCharged):
        return _("文件规定这笔钱不由这一级资金付。请换一项资金。")
    if isinstance(error, treasury.WrongDecision):
        return _("付款需要的资料不全或不对：%(fields)s。请先更正台账。") % {"fields": _("、").join(error.fields)}
    return str(OF_TREASURY.get(type(error), _("资金这一步没有办成，什么都没有改。请稍后再试。")))
