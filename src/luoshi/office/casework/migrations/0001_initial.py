"""Cases, claims, tasks, votes, decisions, papers, talk, objections and certificates; triggers that keep hands apart."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

CASEWORK = Path(__file__).parent.parent
HANDS = "".join((CASEWORK / name).read_text(encoding="utf-8") for name in ("other_hands.sql", "hands.sql"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("attachments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("key", models.CharField(max_length=80, unique=True)),
                ("pack_id", models.CharField(max_length=80)),
                ("pack_hash", models.CharField(max_length=80)),
                ("procedure", models.CharField(max_length=120)),
                ("register", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=12)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "本人网上申请"),
                            ("proxy", "代办"),
                            ("desk", "窗口受理"),
                            ("review", "到期复核"),
                        ],
                        max_length=8,
                    ),
                ),
                ("opened_by", models.CharField(max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("filed_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "未提交"),
                            ("running", "办理中"),
                            ("granted", "已批准"),
                            ("refused", "未批准"),
                            ("done", "已办结"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(max_length=120)),
                ("visit", models.PositiveIntegerField(default=1)),
                ("end", models.CharField(blank=True, max_length=10)),
                ("ended_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60)),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("pack_id", models.CharField(max_length=80)),
                ("procedure", models.CharField(max_length=120)),
                ("register", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("given_on", models.DateField()),
                ("reviewed_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "有效"), ("rectify", "限期整改"), ("withdrawn", "已撤销")],
                        default="valid",
                        max_length=10,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="given", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="certificate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="casework.certificate",
            ),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("measure", models.CharField(max_length=120)),
                ("register", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField()),
                ("period", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "未提交"),
                            ("asked", "申请中"),
                            ("granted", "已批准"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("paid_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visit", models.PositiveIntegerField()),
                ("result", models.CharField(max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("recommended", models.CharField(blank=True, max_length=16)),
                ("recommended_amount", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("departs", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                ("decided_by", models.JSONField()),
                ("decided_on", models.DateField()),
                ("receipt", models.JSONField(default=dict)),
                ("commitment", models.CharField(blank=True, max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="casework.case"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="casework.claim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000)),
                ("by", models.CharField(max_length=60)),
                ("from_claimant", models.BooleanField(default=False)),
                ("for_claimant", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("objection", "异议"), ("appeal", "申诉")], max_length=10)),
                ("text", models.CharField(max_length=1000)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("visit", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待答复"), ("upheld", "成立"), ("rejected", "不成立")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_by", models.CharField(blank=True, max_length=60)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=160)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, max_length=60)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="casework.case"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attachments.attachment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=120)),
                ("visit", models.PositiveIntegerField()),
                ("act", models.CharField(max_length=12)),
                ("office", models.CharField(max_length=120)),
                ("recorded_by", models.CharField(blank=True, max_length=120)),
                ("by_claimant", models.BooleanField(default=False)),
                ("desk_area", models.CharField(db_collation="C", max_length=12)),
                ("department", models.CharField(blank=True, max_length=60)),
                ("repeats", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("opened_on", models.DateField()),
                ("due", models.DateField(null=True)),
                ("paused_on", models.DateField(null=True)),
                ("pause_reason", models.CharField(blank=True, max_length=300)),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("result", models.CharField(blank=True, max_length=16)),
                ("finished_at", models.DateTimeField(null=True)),
                ("finished_on", models.DateField(null=True)),
                ("notice", models.CharField(blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=120)),
                ("visit", models.PositiveIntegerField()),
                ("act", models.CharField(max_length=12)),
                ("turn", models.PositiveIntegerField(default=1)),
                ("person", models.CharField(max_length=60)),
                ("stands_in_for", models.CharField(blank=True, max_length=60)),
                ("for_office", models.BooleanField(default=True)),
                ("result", models.CharField(max_length=16)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("outcomes", models.JSONField(default=dict)),
                ("departs", models.BooleanField(default=False)),
                ("details", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="casework.case"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="casework.task"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                models.F("pack_id"), models.F("procedure"), models.F("number"), name="certificate_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                models.F("pack_id"),
                models.F("procedure"),
                models.F("row_id"),
                condition=models.Q(("state", "withdrawn"), _negated=True),
                name="certificate_of_a_row_once",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["pack_id", "register", "row_id"], name="case_subject"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["area", "-id"], name="case_area"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__in", ("", "granted", "refused"))), name="case_end"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("state__in", ("draft", "running"))),
                    models.Q(models.Q(("state__in", ("draft", "running")), _negated=True), ("ended_on__isnull", False)),
                    _connector="OR",
                ),
                name="case_ends_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("filed_on__isnull", False), _connector="OR"),
                name="case_is_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                models.F("pack_id"),
                models.F("measure"),
                models.F("row_id"),
                models.F("period"),
                condition=models.Q(("state__in", ("asked", "granted"))),
                name="claim_once_in_its_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("state", "granted"), _connector="OR"),
                name="claim_amount_when_granted",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                models.F("case"), models.F("claim"), models.F("visit"), name="decision_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result__in", ("granted", "keep")), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="refusal_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("departs", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="departure_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                models.F("case"), models.F("kind"), condition=models.Q(("state", "open")), name="objection_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", ""), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("answered_by", ""), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="objection_is_answered_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("finished_at", None)), fields=["desk_area", "department", "due"], name="task_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["case", "id"], name="task_of_case"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                models.F("case"), models.F("step"), models.F("visit"), models.F("office"), name="task_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("result", "")),
                    models.Q(("finished_at__isnull", False), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="task_ends_with_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pause_reason", ""), ("paused_on", None)),
                    models.Q(("paused_on__isnull", False), models.Q(("pause_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="task_pause_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                models.F("case"),
                models.F("step"),
                models.F("visit"),
                models.F("person"),
                models.F("turn"),
                name="vote_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("departs", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="vote_departs_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("result__in", ("refused", "sent_back", "not_in_order", "against", "withdraw", "rectify")),
                        _negated=True,
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="vote_against_has_a_reason",
            ),
        ),
        migrations.RunSQL(HANDS, migrations.RunSQL.noop),
    ]
