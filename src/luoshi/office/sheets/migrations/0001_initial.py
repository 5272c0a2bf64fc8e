"""Sheets, entries and steps, and what the database itself holds of them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).parent.parent / "guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("block", models.CharField(max_length=120)),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("start", models.DateField()),
                ("every", models.CharField(max_length=8)),
                ("due_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "填报中"), ("handed_in", "待确认"), ("confirmed", "已确认")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("handed_in_by", models.CharField(blank=True, max_length=60)),
                ("handed_in_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.CharField(blank=True, max_length=60)),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(models.F("area"), models.F("state"), models.F("start"), name="sheet_area")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("pack_id"), models.F("block"), models.F("area"), models.F("start"), name="sheet_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", ""),
                            models.Q(("confirmed_by", models.F("handed_in_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="sheet_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "开始填报"),
                            ("handed_in", "上报"),
                            ("sent_back", "退回"),
                            ("confirmed", "确认"),
                            ("committed", "列入待付"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="sheets.sheet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("key", models.UUIDField(unique=True)),
                ("values", models.JSONField()),
                ("by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="sheets.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("sheet"), models.F("owner"), models.F("number"), name="entry_once")
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
