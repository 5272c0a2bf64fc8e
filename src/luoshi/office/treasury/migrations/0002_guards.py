"""What the tables hold by themselves, and the two layouts that every installation begins with."""

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations

GUARDS = (Path(__file__).parent.parent / "guards.sql").read_text(encoding="utf-8")
BACK = {"number": "排序序号", "amount": "补贴金额", "result": "处理结果", "reason": "失败原因", "account": "银行账号"}
ROSTER = [
    ["number", "排序序号"],
    ["head_name", "户主姓名"],
    ["head_id", "户主身份证号"],
    ["payee_name", "收款人姓名"],
    ["payee_id", "收款人身份证号"],
    ["account", "银行账号"],
    ["bank", "开户银行"],
    ["village", "村(居)委会"],
    ["group", "村(居)民小组"],
    ["subject_name", "享受人"],
    ["subject_id", "享受人身份证号"],
    ["phone", "联系电话"],
    ["workplace", "务工地点"],
    ["transport", "乘坐交通工具"],
    ["standard", "补贴标准"],
    ["amount", "补贴金额"],
    ["day", "填报日期"],
    ["remark", "备注"],
]
PLAIN = [
    ["number", "序号"],
    ["account", "账号"],
    ["payee_name", "户名"],
    ["amount", "金额"],
    ["remark", "摘要"],
]
LAYOUTS: tuple[dict[str, Any], ...] = (
    {
        "code": "one-card",
        "title": "一卡通花名册（18 列，Excel）",
        "form": "xlsx",
        "columns": ROSTER,
        "has_control": False,
        "back": BACK,
        "paid_words": ["成功", "已支付"],
    },
    {
        "code": "plain",
        "title": "代发文件（文本，GB 18030）",
        "form": "text",
        "columns": PLAIN,
        "has_control": True,
        "back": BACK | {"number": "序号", "amount": "金额", "account": "账号"},
        "paid_words": ["成功"],
    },
)


def add_layouts(apps: Any, schema_editor: Any) -> None:
    """The roster of the one-card system and a plain text."""
    layouts = apps.get_model("treasury", "BankLayout")
    layouts.objects.bulk_create(layouts(**each) for each in LAYOUTS)


class Migration(migrations.Migration):
    """Guards come last: tables are as the models say by then."""

    dependencies: ClassVar = [("treasury", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunPython(add_layouts, migrations.RunPython.noop),
    ]
