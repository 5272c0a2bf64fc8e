"""A bank's own files as samples of a layout: their titles, and what each probably means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luoshi.office.treasury.uploads import first_sheet

MEANINGS: Mapping[str, tuple[str, ...]] = {
    "head_id": ("户主身份证", "户主证件"),
    "head_name": ("户主",),
    "subject_id": ("享受人身份证", "受益人身份证", "享受人证件"),
    "subject_name": ("享受人", "受益人"),
    "payee_id": ("身份证", "证件号"),
    "account": ("账号", "帐号", "卡号"),
    "bank": ("开户行", "开户银行", "银行名称"),
    "payee_name": ("户名", "收款人", "姓名"),
    "village": ("村",),
    "group": ("组",),
    "phone": ("电话", "手机"),
    "workplace": ("务工地",),
    "transport": ("交通",),
    "standard": ("标准",),
    "amount": ("金额", "实发"),
    "day": ("日期",),
    "remark": ("备注", "摘要", "附言", "用途"),
    "number": ("序号", "编号", "笔数"),
}
"""By field what its title has in it; the first that fits, and each field once."""
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "amount": ("金额",),
    "result": ("处理结果", "结果", "状态", "标志"),
    "reason": ("原因", "说明"),
    "account": ("账号", "帐号", "卡号"),
}


def titles_of(content: bytes, name: str) -> list[str]:
    """The titles of the columns of a sample, in order."""
    return [column.title for column in first_sheet(content, name, ()).columns]


def guessed(titles: Sequence[str], blank: str) -> list[tuple[str, str]]:
    """The columns of a layout: each title with the field that it probably means, or with `blank`.

    >>> guessed(["序号", "卡号", "户名", "金额", "币种"], "blank")
    [('number', '序号'), ('account', '卡号'), ('payee_name', '户名'), ('amount', '金额'), ('blank', '币种')]
    """
    found = _meanings(titles, MEANINGS)
    fields = {title: field for field, title in found.items()}
    return [(fields.get(title, blank), title) for title in titles]


def guessed_answers(titles: Sequence[str]) -> dict[str, str]:
    """By role the title that probably has it in the file that comes back; those that are found."""
    return _meanings(titles, ANSWERS)


def _meanings(titles: Sequence[str], words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, signs in words.items():
        free = [title for title in titles if title not in found.values()]
        title = next((one for sign in signs for one in free if sign in one), None)
        if title is not None:
            found[field] = title
    return found
