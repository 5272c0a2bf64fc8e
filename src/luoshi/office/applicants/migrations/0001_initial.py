"""Accounts of the public, codes, links to rows of registers, and who acts for whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Applicant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_phone", models.BinaryField(null=True)),
                ("phone_index", models.BinaryField(null=True, unique=True)),
                ("opened_by", models.CharField(blank=True, max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_phone", None), ("phone_index", None)),
                            models.Q(("closed_phone__isnull", False), ("phone_index__isnull", False)),
                            _connector="OR",
                        ),
                        name="applicant_phone_is_findable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phone_index__isnull", False), models.Q(("opened_by", ""), _negated=True), _connector="OR"
                        ),
                        name="applicant_is_opened_by_phone_or_official",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone_index", models.BinaryField()),
                ("address_index", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["phone_index", "-made_at"], name="code_phone"),
                    models.Index(fields=["address_index", "-made_at"], name="code_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("reason", models.CharField(max_length=200)),
                ("start", models.DateField()),
                ("until", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=80)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proxies", to="applicants.applicant"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("proxy", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="applicants.proxy")),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(blank=True, max_length=80)),
                ("register", models.CharField(blank=True, max_length=80)),
                ("row_id", models.BigIntegerField(null=True)),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "等待核对"),
                            ("unmatched", "没有对上"),
                            ("confirmed", "已核对"),
                            ("refused", "没有通过"),
                            ("ended", "已解除"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=80)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="applicants.applicant"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "area"], name="link_state_area")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("applicant"),
                        models.F("register"),
                        models.F("row_id"),
                        condition=models.Q(("state__in", ["asked", "confirmed"])),
                        name="link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("row_id__isnull", False), ("state", "unmatched"), _connector="OR"),
                        name="link_names_its_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["confirmed", "refused"]), _negated=True),
                            models.Q(("decided_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="link_says_who_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="link_refusal_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("start"))), name="proxy_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="proxy_says_who_ended_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.UniqueConstraint(
                models.F("applicant"), models.F("user"), condition=models.Q(("ended_at", None)), name="proxy_open_once"
            ),
        ),
    ]
