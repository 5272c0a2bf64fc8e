"""Made-up letters: what a template is tried and shown with. Nobody and nothing in them exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.office.letters import contents as c
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.placeholders import filled, shown

DAY = date(2026, 3, 16)
OFFICE = "样例县人力资源和社会保障局"
MATTER = "样例奖补"
CLAUSE = "《样例办法》第五条第（一）项"
CHECK = "样张：内容是编造的，不作凭据。"
COMMON: dict[str, Any] = {
    "office": OFFICE,
    "number": "样人社发〔2026〕1号",
    "day": DAY,
    "basis": ("《样例办法》（样政发〔2026〕1号）第五条第（一）项：符合条件的，给予奖补。",),
    "contact": "样例县人力资源和社会保障局办公室，电话 0000-0000000",
}
HARD = "<甲 & 乙> “丙” '丁' {{ 戊 }}"


def sample(kind: Kind) -> c.Content:
    """A made-up letter of a kind."""
    return _SAMPLES[kind]


def words_of(content: c.Content, check: str = CHECK) -> dict[str, Any]:
    """What placeholders stand for in a letter."""
    return shown(filled(content), check)


def extremes(kind: Kind) -> Iterator[dict[str, Any]]:
    """The made-up letter, the emptiest that there can be, and one whose texts are hard to set."""
    content = sample(kind)
    yield words_of(content)
    yield words_of(_emptied(content))
    yield {name: _hard(value) for name, value in words_of(content).items()}


def _emptied(content: c.Content) -> c.Content:
    """Without everything that may be missing."""
    may_miss: dict[str, Any] = {one.name: one.default for one in fields(content) if not one.metadata["is_needed"]}
    return replace(content, **may_miss)


def _hard(value: Any) -> Any:
    if isinstance(value, str):
        return HARD
    return [{name: HARD for name in row} if isinstance(row, dict) else HARD for row in value]


_SAMPLES: dict[Kind, c.Content] = {
    Kind.APPLICATION: c.Application(
        title="样例奖补申请表",
        applicant="样例车间",
        matter=MATTER,
        entries=(
            c.Entry(name="负责人", value="张样例"),
            c.Entry(name="吸纳就业人数", value="12 人"),
            c.Entry(name="稳定就业时间", value="6 个月以上"),
            c.Entry(name="开户银行"),
        ),
        evidence=(
            c.Evidence(name="劳动合同", state="已交"),
            c.Evidence(name="工资发放凭证", state="已交"),
            c.Evidence(name="营业执照复印件", state="缺"),
        ),
        promise="所填内容和所附材料真实。如有不实，愿意退回所得，并承担责任。",
        proxy="李样例（村级管理员）",
        taken_by="王样例",
        taken_on=DAY,
        **COMMON,
    ),
    Kind.REVIEW: c.Review(
        title="样例奖补审核表",
        applicant="样例车间",
        matter=MATTER,
        amount=Decimal("12000"),
        proposed="符合条件",
        conditions=(
            c.Condition(title="已经认定", clause="第四条", state="满足", reason="2025年6月1日认定，编号 12"),
            c.Condition(title="吸纳 5 人以上", clause="第五条第（一）项", state="满足", reason="现有 12 人"),
            c.Condition(title="按时足额发放工资", clause="第五条第（二）项", state="缺资料", reason="2 月的凭证未交"),
        ),
        opinions=(
            c.Opinion(office=OFFICE, opinion="同意", by="王样例", day=DAY),
            c.Opinion(office="样例县财政局", opinion="同意，2 月的凭证补齐后拨付", by="赵样例", day=DAY),
            c.Opinion(office="样例县农业农村局"),
        ),
        votes=(c.Vote(matter="是否认定", yes=6, no=0, abstained=1),),
        concluded="凭证补齐后，同意给予奖补。",
        **COMMON,
    ),
    Kind.SUPPLEMENT: c.Supplement(
        title="关于补正样例奖补申请材料的通知",
        addressee="样例车间",
        matter=MATTER,
        missing=(
            c.Missing(name="2 月工资发放凭证", clause="第五条第（二）项", how="每人一份，本人签字或者银行回单"),
            c.Missing(name="营业执照复印件", clause="第四条", how="加盖公章"),
        ),
        until=date(2026, 3, 31),
        where="样例镇便民服务中心二楼",
        otherwise="过期没有补齐又没有说明的，视为撤回申请，可以重新提出。",
        **COMMON,
    ),
    Kind.NOTICE: c.Notice(
        title="关于样例奖补拟发放对象的公示",
        body=("根据《样例办法》，经申报、审核，现将拟发放样例奖补的对象予以公示。",),
        lines=(
            c.Shown(name="样例车间", place="样例镇样例村", matter=MATTER, amount=Decimal("12000")),
            c.Shown(name="张*", place="样例镇样例村", matter=MATTER, amount=Decimal("3000")),
            c.Shown(name="李*例", place="样例镇样例村", matter=MATTER, amount=Decimal("3000")),
        ),
        first=DAY,
        last=date(2026, 3, 25),
        objections="请向样例县人力资源和社会保障局反映，写明姓名、联系方式和理由。",
        **COMMON,
    ),
    Kind.DECISION: c.Decision(
        title="关于给予样例奖补的决定",
        addressee="样例车间",
        matter=MATTER,
        found=("经查，你单位于2025年6月1日认定，现吸纳就业 12 人，稳定就业六个月以上。",),
        decided=("给予你单位样例奖补，资金拨付到你单位登记的账户。",),
        amount=Decimal("12000"),
        appeal="如不服本决定，可以自收到之日起六十日内申请行政复议，也可以自收到之日起六个月内提起行政诉讼。",
        copies="样例县财政局",
        **COMMON,
    ),
    Kind.REFUSAL: c.Refusal(
        title="关于不予样例奖补的告知书",
        addressee="样例车间",
        matter=MATTER,
        reasons=(
            c.Reason(condition="吸纳 5 人以上", clause="第五条第（一）项", seen="在岗 3 人"),
            c.Reason(condition="稳定就业六个月", clause="第五条第（一）项", seen="最长的一人四个月"),
        ),
        objection="自收到之日起十个工作日内，向样例县人力资源和社会保障局提出，并附上证明材料。",
        appeal="如不服本决定，可以自收到之日起六十日内申请行政复议，也可以自收到之日起六个月内提起行政诉讼。",
        **COMMON,
    ),
    Kind.CERTIFICATE: c.Certificate(
        title="认定证书",
        holder="样例车间",
        body="经审核，你单位符合《样例办法》规定的条件，认定为",
        honour="县级样例单位",
        until=date(2028, 12, 31),
        **COMMON,
    ),
    Kind.PAYMENT_LIST: c.PaymentList(
        title="样例奖补发放花名册",
        matter=MATTER,
        period="2026年3月",
        lines=tuple(
            c.Payment(
                name=name,
                identity=f"6****************{place}",
                place="样例镇样例村",
                matter=MATTER,
                account=f"****{place:04}",
                amount=Decimal("1500"),
            )
            for place, name in enumerate(("张样例", "李样例", "王样例"), 1)
        ),
        made_by="钱样例",
        checked_by="孙样例",
        approved_by="周样例",
        **COMMON,
    ),
}
