"""Accounts that run on, moved by rows of registers; layouts of banks of which a second person puts one to use."""

from pathlib import Path
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).parent.parent / "rows.sql").read_text(encoding="utf-8")
SINCE_EVER = "UPDATE treasury_banklayout SET start = '2000-01-01'"
"""The layouts that come with the service are in use."""


class Migration(migrations.Migration):
    """What comes with the service is in use before layouts in use are held as they are."""

    dependencies: ClassVar[list[Any]] = [
        ("treasury", "0003_persons"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="RowEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("edition", models.CharField(max_length=64)),
                ("fund", models.CharField(max_length=120)),
                ("clause", models.CharField(max_length=80)),
                ("register", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("day", models.DateField()),
            ],
            options={
                "verbose_name_plural": "row entries",
            },
        ),
        migrations.AddField(
            model_name="banklayout",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="banklayout",
            name="made_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="banklayout",
            name="number",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="banklayout",
            name="start",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="banklayout",
            name="code",
            field=models.SlugField(max_length=40),
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("budget", "下达预算"),
                    ("transfer", "分配下级"),
                    ("commit", "承诺"),
                    ("release", "撤销承诺"),
                    ("lower", "调减"),
                    ("approve", "批准支付"),
                    ("revoke", "撤回支付"),
                    ("settle", "银行回盘"),
                    ("demand", "责令退回"),
                    ("receive", "收到退款"),
                    ("write_off", "核销"),
                    ("carry", "结转下年"),
                    ("give_back", "上缴"),
                    ("income", "收入入账"),
                    ("spending", "支出入账"),
                    ("reverse", "冲正"),
                    ("other", "其他"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="banklayout",
            constraint=models.UniqueConstraint(models.F("code"), models.F("number"), name="bank_layout_once"),
        ),
        migrations.AddConstraint(
            model_name="banklayout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("made_by", ""),
                    models.Q(("confirmed_by", ""), ("start", None)),
                    models.Q(("confirmed_by__in", ("", models.F("made_by"))), _negated=True),
                    _connector="OR",
                ),
                name="bank_layout_two_people",
            ),
        ),
        migrations.AddField(
            model_name="rowentry",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="of_row", to="treasury.entry"
            ),
        ),
        migrations.AddField(
            model_name="rowentry",
            name="taken_back",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ends_row", to="treasury.entry"
            ),
        ),
        migrations.AddIndex(
            model_name="rowentry",
            index=models.Index(fields=["pack_id", "fund", "area"], name="row_entry_area"),
        ),
        migrations.AddConstraint(
            model_name="rowentry",
            constraint=models.UniqueConstraint(
                models.F("pack_id"),
                models.F("fund"),
                models.F("register"),
                models.F("row_id"),
                condition=models.Q(("taken_back", None)),
                name="row_entry_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rowentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="row_entry_moves_something"
            ),
        ),
        migrations.RunSQL(SINCE_EVER, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
