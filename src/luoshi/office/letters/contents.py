"""What stands in a letter of each kind. Each field says by which Chinese name a template asks for it.

A field is a text, a day, an amount, a list of paragraphs, or a table of rows. What is not known is None or empty: it
becomes a line to write on, or an empty cell. Whoever fills a content masks what the reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from luoshi.office.letters.kinds import Kind


def said(name: str, about: str, *, is_needed: bool = False, default: Any = "") -> Any:
    """A field that templates know as `name`; `about` tells those who write templates what comes there."""
    return field(default=default, metadata={"name": name, "about": about, "is_needed": is_needed})


@dataclass(frozen=True, kw_only=True)
class Content:
    """What every letter has."""

    kind: ClassVar[Kind]
    title: str = said("标题", "公文的标题", is_needed=True)
    office: str = said("发文机关", "发文机关的全称", is_needed=True)
    number: str = said("文号", "开出时由系统编的文号，如 某人社发〔2026〕12号")
    addressee: str = said("收件人", "写给谁")
    day: date | None = said("日期", "落款的日期", default=None)
    basis: tuple[str, ...] = said("依据", "所依据的文件和条款，每条一行", default=())
    contact: str = said("联系方式", "可以询问的地方、电话")


# --- Rows ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that is told in a form."""

    name: str = said("项目", "填什么")
    value: str | None = said("内容", "填的内容", default=None)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One paper that is asked for."""

    name: str = said("材料", "材料的名称")
    state: str | None = said("情况", "已交、缺、不需要", default=None)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition as it was checked."""

    title: str = said("条件", "条件的名称")
    clause: str = said("条款", "条件出自哪一条")
    state: str = said("结果", "满足、不满足、缺资料")
    reason: str | None = said("说明", "看到的事实", default=None)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What one office has said."""

    office: str = said("单位", "发表意见的单位")
    opinion: str | None = said("意见", "同意、不同意及理由", default=None)
    by: str | None = said("经办人", "谁签的", default=None)
    day: date | None = said("时间", "哪一天", default=None)


@dataclass(frozen=True, kw_only=True)
class Vote:
    """How a vote ended."""

    matter: str = said("表决事项", "表决什么")
    yes: int | None = said("赞成", "赞成的票数", default=None)
    no: int | None = said("反对", "反对的票数", default=None)
    abstained: int | None = said("弃权", "弃权的票数", default=None)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One line of a public notice; nothing in it but what the public may see."""

    name: str = said("名称", "公开显示的名称，姓名已遮盖")
    place: str | None = said("地点", "乡镇、村", default=None)
    matter: str = said("事项", "哪一项措施")
    amount: Decimal | None = said("金额", "元", default=None)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason of a refusal."""

    condition: str = said("条件", "没有满足的条件")
    clause: str = said("条款", "条件出自哪一条")
    seen: str | None = said("情况", "看到的事实", default=None)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is still to be brought."""

    name: str = said("材料", "还缺的材料或资料")
    clause: str | None = said("条款", "为什么要它", default=None)
    how: str | None = said("说明", "怎样算齐", default=None)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One line of a payment list; id and account are masked by whoever fills it."""

    name: str = said("姓名", "领取人")
    identity: str | None = said("证件号", "已遮盖", default=None)
    place: str | None = said("住址", "乡镇、村", default=None)
    matter: str | None = said("事项", "哪一项措施", default=None)
    account: str | None = said("账号", "已遮盖", default=None)
    amount: Decimal | None = said("金额", "元", default=None)


# --- Letters ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Application(Content):
    """A filled application form."""

    kind = Kind.APPLICATION
    applicant: str = said("申请人", "谁申请")
    matter: str = said("申请事项", "申请哪一项")
    entries: tuple[Entry, ...] = said("申请内容", "填报的各项", default=())
    evidence: tuple[Evidence, ...] = said("申请材料", "随附的材料", default=())
    promise: str = said("承诺", "申请人的承诺")
    proxy: str = said("代办人", "由谁代办，没有代办人时为空")
    taken_by: str = said("受理人", "谁收的")
    taken_on: date | None = said("受理日期", "哪一天收的", default=None)


@dataclass(frozen=True, kw_only=True)
class Review(Content):
    """A review form: every condition with clause and state, opinions, votes."""

    kind = Kind.REVIEW
    applicant: str = said("申请人", "审核的对象")
    matter: str = said("申请事项", "申请哪一项")
    amount: Decimal | None = said("金额", "按规定算出的金额（元）", default=None)
    proposed: str = said("审核建议", "按条件得出的建议")
    conditions: tuple[Condition, ...] = said("条件审核", "逐项条件", default=())
    opinions: tuple[Opinion, ...] = said("部门意见", "各单位的意见", default=())
    votes: tuple[Vote, ...] = said("表决", "表决的结果", default=())
    concluded: str = said("审核结论", "由人作出的结论")


@dataclass(frozen=True, kw_only=True)
class Supplement(Content):
    """A request to bring what is missing."""

    kind = Kind.SUPPLEMENT
    matter: str = said("申请事项", "申请哪一项", is_needed=True)
    missing: tuple[Missing, ...] = said("补正内容", "还缺什么", is_needed=True, default=())
    until: date | None = said("补正期限", "最迟哪一天交", is_needed=True, default=None)
    where: str = said("提交地点", "交到哪里", is_needed=True)
    otherwise: str = said("逾期后果", "过期不交会怎样")


@dataclass(frozen=True, kw_only=True)
class Notice(Content):
    """A public notice."""

    kind = Kind.NOTICE
    body: tuple[str, ...] = said("正文", "公示的正文，每段一行", is_needed=True, default=())
    lines: tuple[Shown, ...] = said("公示名单", "公示的各项", default=())
    first: date | None = said("公示开始", "公示的第一天", default=None)
    last: date | None = said("公示结束", "公示的最后一天", default=None)
    objections: str = said("异议受理", "向谁、怎样提出异议", is_needed=True)


@dataclass(frozen=True, kw_only=True)
class Decision(Content):
    """A decision that grants."""

    kind = Kind.DECISION
    matter: str = said("申请事项", "申请哪一项")
    found: tuple[str, ...] = said("查明事实", "查明的事实，每段一行", default=())
    decided: tuple[str, ...] = said("决定内容", "决定什么，每段一行", is_needed=True, default=())
    amount: Decimal | None = said("金额", "元", default=None)
    amount_in_words: str = said("金额大写", "金额的大写，由系统写")
    appeal: str = said("救济途径", "不服决定怎么办")
    copies: str = said("抄送", "抄送的单位")


@dataclass(frozen=True, kw_only=True)
class Refusal(Content):
    """A refusal: never without reasons, never without the way to object and to appeal."""

    kind = Kind.REFUSAL
    matter: str = said("申请事项", "申请哪一项", is_needed=True)
    reasons: tuple[Reason, ...] = said("理由", "没有满足的各项条件", is_needed=True, default=())
    objection: str = said("异议办法", "怎样要求重新核对")
    appeal: str = said("救济途径", "不服决定怎么办", is_needed=True)


@dataclass(frozen=True, kw_only=True)
class Certificate(Content):
    """A certificate, or the text of a plaque."""

    kind = Kind.CERTIFICATE
    holder: str = said("持有人", "发给谁", is_needed=True)
    honour: str = said("名称", "认定或授予的名称", is_needed=True)
    body: str = said("证书正文", "证书上的话")
    until: date | None = said("有效期", "有效到哪一天，长期有效时为空", default=None)


@dataclass(frozen=True, kw_only=True)
class PaymentList(Content):
    """A list by which money is handed out."""

    kind = Kind.PAYMENT_LIST
    matter: str = said("申请事项", "发放哪一项")
    period: str = said("期间", "哪一期，如 2026年11月")
    lines: tuple[Payment, ...] = said("花名册", "领取人", default=())
    count: int | None = said("人数", "共几人，由系统数", default=None)
    total: Decimal | None = said("合计", "合计金额（元），由系统加", default=None)
    amount_in_words: str = said("金额大写", "合计的大写，由系统写")
    made_by: str = said("制表人", "谁做的表")
    checked_by: str = said("复核人", "谁复核")
    approved_by: str = said("审批人", "谁审批")


CONTENTS: dict[Kind, type[Content]] = {
    one.kind: one for one in (Application, Review, Supplement, Notice, Decision, Refusal, Certificate, PaymentList)
}
"""The content of each kind."""
