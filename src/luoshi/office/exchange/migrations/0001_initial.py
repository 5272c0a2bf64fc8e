"""Imports, their faults, the rows that they wrote; and the schema in which the rows of a file stand."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made once; each import has tables of its own in the schema while it is looked at."""

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.RunSQL("CREATE SCHEMA exchange", "DROP SCHEMA exchange CASCADE"),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("register", models.CharField(max_length=80)),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("file_name", models.CharField(max_length=200)),
                ("file", models.CharField(max_length=60, unique=True)),
                ("size", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("sheet", models.CharField(blank=True, max_length=120)),
                ("sheets", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                ("columns", models.JSONField(default=list)),
                ("clears", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("checking", "Checking"),
                            ("choosing", "Choosing"),
                            ("refused", "Refused"),
                            ("ready", "Ready"),
                            ("unchanged", "Unchanged"),
                            ("accepting", "Accepting"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                            ("undoing", "Undoing"),
                            ("undone", "Undone"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=40)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=80)),
                ("faults_by_kind", models.JSONField(default=dict)),
                ("rows_new", models.IntegerField(default=0)),
                ("rows_changed", models.IntegerField(default=0)),
                ("rows_same", models.IntegerField(default=0)),
                ("rows_contested", models.IntegerField(default=0)),
                ("asked_by", models.CharField(max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("undone_by", models.CharField(blank=True, max_length=60)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undo_reason", models.CharField(blank=True, max_length=200)),
                ("declared", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["area", "-id"], name="import_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("pack_id"),
                        models.F("register"),
                        models.F("area"),
                        models.F("digest"),
                        models.F("clears"),
                        condition=models.Q(
                            (
                                "state__in",
                                ["waiting", "checking", "choosing", "ready", "accepting", "accepted", "undoing"],
                            )
                        ),
                        name="import_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("sheet", models.CharField(blank=True, max_length=120)),
                ("row", models.IntegerField(default=0)),
                ("letter", models.CharField(blank=True, max_length=4)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("seen", models.CharField(blank=True, max_length=200)),
                ("expected_zh", models.CharField(blank=True, max_length=400)),
                ("expected_en", models.CharField(blank=True, max_length=400)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="faults", to="exchange.import"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "row", "letter"], name="fault_place")],
            },
        ),
        migrations.CreateModel(
            name="Written",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_id", models.BigIntegerField()),
                ("before", models.IntegerField(null=True)),
                ("after", models.IntegerField()),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="written", to="exchange.import"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("of"), models.F("row_id"), name="written_once")],
            },
        ),
    ]
