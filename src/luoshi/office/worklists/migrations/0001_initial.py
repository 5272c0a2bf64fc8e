"""Contacts, findings with their history, figures of checks and of what is missing."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("runs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("measure", models.CharField(max_length=120)),
                ("row_id", models.BigIntegerField()),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("told_on", models.DateField(null=True)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[("visit", "上门"), ("phone", "电话"), ("notice", "公告或书面通知")],
                        max_length=10,
                    ),
                ),
                ("applied_on", models.DateField(null=True)),
                ("ask_again_on", models.DateField(null=True)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("pack_id"), models.F("measure"), models.F("row_id"), name="contact_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", ""), ("told_on", None)),
                            models.Q(("told_on__isnull", False), models.Q(("how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="contact_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("check_id", models.CharField(max_length=120)),
                ("register", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "待核查"),
                            ("looking", "核查中"),
                            ("corrected", "属实，资料已更正"),
                            ("measure_taken", "属实，已处理"),
                            ("no_problem", "没有问题"),
                        ],
                        default="new",
                        max_length=16,
                    ),
                ),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("due", models.DateField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "settled",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="settled", to="runs.run"
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="found", to="runs.run"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved", "处理"),
                            ("noted", "备注"),
                            ("checked", "重新核对"),
                            ("settled", "判定不再发现"),
                            ("found_again", "判定再次发现"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "待核查"),
                            ("looking", "核查中"),
                            ("corrected", "属实，资料已更正"),
                            ("measure_taken", "属实，已处理"),
                            ("no_problem", "没有问题"),
                        ],
                        max_length=16,
                    ),
                ),
                ("still", models.CharField(blank=True, max_length=10)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="worklists.finding"
                    ),
                ),
                ("run", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="runs.run")),
            ],
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("register", models.CharField(blank=True, max_length=80)),
                ("name", models.CharField(max_length=120)),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("rows", models.BigIntegerField()),
                ("subjects", models.BigIntegerField()),
                ("decisions", models.BigIntegerField()),
                ("unpriced", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=38)),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="runs.run")),
            ],
        ),
        migrations.CreateModel(
            name="Refreshed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("problem", models.CharField(blank=True, max_length=120)),
                ("run", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="runs.run")),
            ],
        ),
        migrations.CreateModel(
            name="CheckFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_id", models.CharField(max_length=120)),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("found", models.BigIntegerField()),
                ("unknown", models.BigIntegerField()),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="runs.run")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("run"), models.F("area"), models.F("check_id"), name="check_figure_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("pack_id"),
                models.F("area"),
                models.F("id"),
                condition=models.Q(("settled", None), ("state__in", ("new", "looking"))),
                name="finding_open",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("pack_id"), models.F("check_id"), models.F("area"), models.F("id"), name="finding_of_check"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                models.F("pack_id"), models.F("check_id"), models.F("row_id"), name="finding_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="gap",
            constraint=models.UniqueConstraint(
                models.F("run"),
                models.F("area"),
                models.F("kind"),
                models.F("register"),
                models.F("name"),
                name="gap_once",
            ),
        ),
    ]
