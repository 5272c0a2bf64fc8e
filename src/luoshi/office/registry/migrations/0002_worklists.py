"""Versions say why they were made; what people decide about rows: conflicts, likely doubles, mergers."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

REASONS = (Path(__file__).parent.parent / "reasons.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Tables of the worklists, and a column of every register."""

    dependencies: ClassVar = [("registry", "0001_ground")]
    operations: ClassVar = [
        migrations.RunSQL(REASONS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema", models.CharField(max_length=63)),
                ("table", models.CharField(max_length=63)),
                ("row_id", models.CharField(db_collation="C", max_length=40)),
                ("column", models.CharField(max_length=63)),
                ("held", models.TextField(null=True)),
                ("held_source", models.TextField()),
                ("offered", models.TextField(null=True)),
                ("offered_source", models.TextField()),
                ("offered_by", models.CharField(max_length=60)),
                ("offered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("taken", "Taken"), ("kept", "Kept")], default="open", max_length=10
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60)),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("schema", "table", "row_id", "column", "offered_source"),
                        name="conflict_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="conflict_is_settled_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LikelyDouble",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema", models.CharField(max_length=63)),
                ("table", models.CharField(max_length=63)),
                ("one", models.BigIntegerField()),
                ("other", models.BigIntegerField()),
                ("score", models.SmallIntegerField()),
                ("reasons", models.JSONField()),
                ("found_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("same", "Same"), ("different", "Different")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("schema"),
                        models.F("table"),
                        models.OrderBy(models.F("score"), descending=True),
                        models.F("id"),
                        condition=models.Q(("state", "open")),
                        name="likely_double_open",
                    ),
                    models.Index(fields=["schema", "table", "other"], name="likely_double_other"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("schema", "table", "one", "other"), name="likely_double_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="likely_double_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema", models.CharField(max_length=63)),
                ("table", models.CharField(max_length=63)),
                ("kept", models.BigIntegerField()),
                ("kept_before", models.IntegerField()),
                ("kept_version", models.IntegerField()),
                ("gone", models.BigIntegerField()),
                ("gone_version", models.IntegerField()),
                ("moved", models.JSONField()),
                ("reason", models.TextField()),
                ("merged_by", models.CharField(max_length=60)),
                ("merged_at", models.DateTimeField()),
                ("separated_by", models.CharField(blank=True, max_length=60)),
                ("separated_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["schema", "table", "kept"], name="merger_of_kept")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("separated_at", None)),
                        fields=("schema", "table", "gone"),
                        name="merger_of_a_row_once",
                    )
                ],
            },
        ),
    ]
