"""The default layout of each kind, as data: both the Word templates and the PDF pages are made from it.

Texts name placeholders as templates do. A block that is repeated names its row 行.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.office.letters.kinds import Kind


@dataclass(frozen=True)
class Line:
    """A paragraph. `each` repeats it for every item of a list; `when` leaves it out where that is missing."""

    text: str
    style: str = "body"
    each: str = ""
    when: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, what stands in a row, its share of the width, the side it is set to."""

    head: str
    text: str
    width: int
    side: str = "left"


@dataclass(frozen=True)
class Grid:
    """A table with a row for every item of a list, and `none` where there is no item; `last` ends it."""

    title: str
    each: str
    columns: tuple[Column, ...]
    none: str = "（无）"
    last: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form: rows of labels with what is filled in, each pair next to the other."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Closing:
    """Who issues it and of which day, below one another where the seal comes."""


Block = Line | Grid | Form | Closing


@dataclass(frozen=True)
class Outline:
    """A layout. `frame`: letter (red head and lines, at the foot how to check it), plain, or award (a framed page)."""

    blocks: tuple[Block, ...]
    frame: str = "plain"
    is_wide: bool = False


_TITLE = Line("{{ 标题 }}", "title")
_NUMBER = Line("{{ 文号 }}", "right")
_TO = Line("{{ 收件人 }}：", "flush")
_CONTACT = Line("联系方式：{{ 联系方式 }}", "body", when="联系方式")
_CHECK = Line("{{ 校验 }}", "note")
_BASIS = Line("依据：{{ 行 }}", each="依据")

OUTLINES: Mapping[Kind, Outline] = {
    Kind.APPLICATION: Outline(
        (
            _TITLE,
            Form((("申请人", "{{ 申请人 }}", "申请事项", "{{ 申请事项 }}"),)),
            Grid("申请内容", "申请内容", (Column("项目", "{{ 行.项目 }}", 5), Column("内容", "{{ 行.内容 }}", 9))),
            Grid(
                "申请材料",
                "申请材料",
                (
                    Column("序号", "{{ 行.序号 }}", 2, "centre"),
                    Column("材料", "{{ 行.材料 }}", 9),
                    Column("情况", "{{ 行.情况 }}", 3),
                ),
            ),
            Line("依据", "small-head", when="依据"),
            Line("{{ 行 }}", "small", each="依据"),
            Line("承诺：{{ 承诺 }}", "small", when="承诺"),
            Line("代办人：{{ 代办人 }}", "small", when="代办人"),
            Form(
                (
                    ("申请人签字", "", "日期", "{{ 日期 }}"),
                    ("受理人", "{{ 受理人 }}", "受理日期", "{{ 受理日期 }}"),
                )
            ),
            _CHECK,
        )
    ),
    Kind.REVIEW: Outline(
        (
            _TITLE,
            Form(
                (
                    ("申请人", "{{ 申请人 }}", "申请事项", "{{ 申请事项 }}"),
                    ("审核建议", "{{ 审核建议 }}", "金额（元）", "{{ 金额 }}"),
                )
            ),
            Grid(
                "条件审核",
                "条件审核",
                (
                    Column("条件", "{{ 行.条件 }}", 5),
                    Column("条款", "{{ 行.条款 }}", 4),
                    Column("结果", "{{ 行.结果 }}", 2),
                    Column("说明", "{{ 行.说明 }}", 5),
                ),
            ),
            Grid(
                "部门意见",
                "部门意见",
                (
                    Column("单位", "{{ 行.单位 }}", 4),
                    Column("意见", "{{ 行.意见 }}", 6),
                    Column("经办人", "{{ 行.经办人 }}", 2),
                    Column("时间", "{{ 行.时间 }}", 4),
                ),
            ),
            Grid(
                "表决",
                "表决",
                (
                    Column("事项", "{{ 行.表决事项 }}", 7),
                    Column("赞成", "{{ 行.赞成 }}", 2, "right"),
                    Column("反对", "{{ 行.反对 }}", 2, "right"),
                    Column("弃权", "{{ 行.弃权 }}", 2, "right"),
                ),
                none="（不需要表决）",
            ),
            Line("审核结论", "small-head"),
            Line("{{ 审核结论 }}", "small"),
            Line("依据", "small-head", when="依据"),
            Line("{{ 行 }}", "small", each="依据"),
            Closing(),
            _CHECK,
        )
    ),
    Kind.SUPPLEMENT: Outline(
        (
            _NUMBER,
            _TITLE,
            _TO,
            Line(
                "您提出的“{{ 申请事项 }}”申请，我们已经收到。经核对，还缺下列材料或资料，"
                "请在{{ 补正期限 }}前补齐，交到{{ 提交地点 }}。"
            ),
            Grid(
                "需要补正的内容",
                "补正内容",
                (
                    Column("序号", "{{ 行.序号 }}", 2, "centre"),
                    Column("材料或资料", "{{ 行.材料 }}", 5),
                    Column("依据", "{{ 行.条款 }}", 4),
                    Column("怎样算齐", "{{ 行.说明 }}", 5),
                ),
            ),
            Line("{{ 逾期后果 }}", when="逾期后果"),
            Line("等待补正的时间不计入办理期限。"),
            _CONTACT,
            Closing(),
        ),
        frame="letter",
    ),
    Kind.NOTICE: Outline(
        (
            _TITLE,
            Line("{{ 文号 }}", "centre", when="文号"),
            Line("{{ 行 }}", each="正文"),
            Grid(
                "公示名单",
                "公示名单",
                (
                    Column("序号", "{{ 行.序号 }}", 2, "centre"),
                    Column("名称", "{{ 行.名称 }}", 4),
                    Column("地点", "{{ 行.地点 }}", 4),
                    Column("事项", "{{ 行.事项 }}", 5),
                    Column("金额（元）", "{{ 行.金额 }}", 3, "right"),
                ),
            ),
            Line("公示时间：{{ 公示开始 }}至{{ 公示结束 }}。"),
            Line("对公示内容有异议的，请在公示期内提出。{{ 异议受理 }}"),
            _CONTACT,
            Closing(),
            _CHECK,
        )
    ),
    Kind.DECISION: Outline(
        (
            _NUMBER,
            _TITLE,
            _TO,
            Line("您提出的“{{ 申请事项 }}”申请，我们已经审核完毕。", when="申请事项"),
            Line("{{ 行 }}", each="查明事实"),
            _BASIS,
            Line("现决定如下："),
            Line("{{ 行 }}", each="决定内容"),
            Line("金额：{{ 金额 }}元（大写：{{ 金额大写 }}）。", when="金额"),
            Line("{{ 救济途径 }}", when="救济途径"),
            _CONTACT,
            Closing(),
            Line("抄送：{{ 抄送 }}", "note", when="抄送"),
        ),
        frame="letter",
    ),
    Kind.REFUSAL: Outline(
        (
            _NUMBER,
            _TITLE,
            _TO,
            Line("您提出的“{{ 申请事项 }}”申请，经审核，不符合下列规定的条件，决定不予支持。"),
            Grid(
                "不予支持的理由",
                "理由",
                (
                    Column("序号", "{{ 行.序号 }}", 2, "centre"),
                    Column("条件", "{{ 行.条件 }}", 5),
                    Column("出自", "{{ 行.条款 }}", 4),
                    Column("看到的情况", "{{ 行.情况 }}", 5),
                ),
            ),
            _BASIS,
            Line("认为上面的事实有误的，可以要求重新核对。{{ 异议办法 }}", when="异议办法"),
            Line("{{ 救济途径 }}"),
            _CONTACT,
            Closing(),
        ),
        frame="letter",
    ),
    Kind.CERTIFICATE: Outline(
        (
            Line("{{ 标题 }}", "award-title"),
            Line("{{ 持有人 }}：", "award-flush"),
            Line("{{ 证书正文 }}", "award-body", when="证书正文"),
            Line("{{ 名称 }}", "award-name"),
            Line("编号：{{ 文号 }}", "award-note"),
            Line("有效期至：{{ 有效期 }}", "award-note", when="有效期"),
            Closing(),
            Line("{{ 校验 }}", "award-check"),
        ),
        frame="award",
        is_wide=True,
    ),
    Kind.PAYMENT_LIST: Outline(
        (
            _TITLE,
            Form((("单位", "{{ 发文机关 }}", "事项", "{{ 申请事项 }}", "期间", "{{ 期间 }}"),)),
            Grid(
                "发放花名册",
                "花名册",
                (
                    Column("序号", "{{ 行.序号 }}", 2, "centre"),
                    Column("姓名", "{{ 行.姓名 }}", 3),
                    Column("证件号", "{{ 行.证件号 }}", 5),
                    Column("住址", "{{ 行.住址 }}", 5),
                    Column("事项", "{{ 行.事项 }}", 5),
                    Column("账号", "{{ 行.账号 }}", 4),
                    Column("金额（元）", "{{ 行.金额 }}", 4, "right"),
                    Column("签字", "", 3),
                ),
                last=("合计", "{{ 人数 }}人", "", "", "", "", "{{ 合计 }}", ""),
            ),
            Line("合计（大写）：{{ 金额大写 }}", "small"),
            Form(
                (
                    ("制表", "{{ 制表人 }}", "复核", "{{ 复核人 }}", "审批", "{{ 审批人 }}"),
                    ("日期", "{{ 日期 }}", "盖章", "", "", ""),
                )
            ),
            _CHECK,
        ),
        is_wide=True,
    ),
}
