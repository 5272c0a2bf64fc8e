"""Words for the codes that packs use, and numbers as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "status": {
        "draft": _("征求意见稿"),
        "trial": _("试行"),
        "in-force": _("施行中"),
        "repealed": _("已废止"),
    },
    "discretion": {"must": _("应当"), "may": _("可以"), "encouraged": _("鼓励")},
    "frequency": {
        "once": _("一次性"),
        "yearly": _("每年"),
        "monthly": _("每月"),
        "per-period": _("每期"),
        "per-event": _("每次活动"),
        "per-loan": _("每笔贷款"),
        "per-lease": _("每份租约"),
        "silent": _("频次未规定"),
    },
    "every": {"year": _("每年"), "quarter": _("每季度"), "month": _("每月")},
    "direction": {
        "at-least": _("不少于"),
        "at-most": _("不超过"),
        "exactly": _("正好"),
        "more-than": _("多于"),
        "less-than": _("少于"),
    },
    "force": {"hard": _("刚性"), "soft": _("柔性")},
    "target": {"met": _("已达标"), "unmet": _("未达标"), "unknown": _("数据不全")},
    "duty": {"done": _("已完成"), "not_done": _("未完成"), "unknown": _("看不出")},
    "outcome": {
        "eligible": _("符合"),
        "undetermined": _("无法判定"),
        "ineligible": _("不符合"),
        "not_in_force": _("不在施行期"),
    },
    "state": {
        "met": _("满足"),
        "unmet": _("不满足"),
        "unknown": _("缺数据"),
        "not_applicable": _("不适用"),
    },
    "missing": {"fact": _("资料"), "parameter": _("本地设定"), "judgement": _("人工认定")},
    "block": {"limit": _("限制"), "target": _("目标"), "duty": _("职责")},
    "light": {
        "none": _("无须统计"),
        "fine": _("正常"),
        "open": _("待补数据或未完成"),
        "late": _("到期未达标"),
    },
    "run": {
        "waiting": _("排队中"),
        "running": _("计算中"),
        "finished": _("已完成"),
        "failed": _("没有算成"),
        "cancelled": _("已取消"),
    },
    "settings": {
        "missing": _("尚未设定"),
        "set": _("已设定"),
        "text": _("文件已定"),
        "waiting": _("待复核"),
        "readings": _("读法"),
    },
    "value": {
        "drafted": _("草稿"),
        "proposed": _("待复核"),
        "set": _("已设定"),
        "refused": _("没有同意"),
        "withdrawn": _("已撤回"),
        "replaced": _("已由新值代替"),
    },
    "level": {
        "province": _("省级"),
        "city": _("市级"),
        "county": _("县级"),
        "township": _("乡级"),
        "village": _("村级"),
    },
}


@register.filter
def word(code: str, family: str) -> str:
    """The word for a code of a family; a code that nobody has worded stands for itself."""
    return str(WORDS[family].get(code, code))


@register.filter
def words(codes: tuple[str, ...], family: str) -> str:
    """The words for several codes."""
    return str(_("、")).join(word(code, family) for code in codes)


@register.filter
def count(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"
