"""The ledger, commitments, batches with their checks and files, lists of people."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BankLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("form", models.CharField(choices=[("xlsx", "Excel 表格"), ("text", "文本文件")], max_length=4)),
                ("separator", models.CharField(default=",", max_length=1)),
                (
                    "encoding",
                    models.CharField(
                        choices=[("gb18030", "GB 18030"), ("utf-8", "UTF-8")], default="gb18030", max_length=10
                    ),
                ),
                ("columns", models.JSONField()),
                ("has_header", models.BooleanField(default=True)),
                ("has_control", models.BooleanField(default=True)),
                ("back", models.JSONField()),
                ("paid_words", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=160, unique=True)),
                ("pack_id", models.CharField(max_length=80)),
                ("edition", models.CharField(max_length=64)),
                ("measure", models.CharField(max_length=120)),
                ("clause", models.CharField(max_length=80)),
                ("period", models.CharField(blank=True, max_length=20)),
                ("register", models.CharField(max_length=80)),
                ("row_id", models.CharField(db_collation="C", max_length=40)),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("subject_index", models.BinaryField(null=True)),
                ("closed_subject", models.BinaryField()),
                ("case", models.CharField(max_length=120)),
                ("decided_by", models.CharField(max_length=200)),
                ("decided_on", models.DateField()),
                ("basis", models.CharField(max_length=200)),
                ("due_on", models.DateField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("original", models.DecimalField(decimal_places=2, max_digits=18)),
                ("demanded", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("fund", models.CharField(max_length=120)),
                ("year", models.SmallIntegerField()),
                ("fund_area", models.CharField(blank=True, db_collation="C", max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "待付"),
                            ("listed", "已列入批次"),
                            ("sent", "已送银行"),
                            ("paid", "已支付"),
                            ("failed", "支付失败"),
                            ("released", "已撤销"),
                        ],
                        default="due",
                        max_length=10,
                    ),
                ),
                (
                    "held_in",
                    models.CharField(
                        choices=[
                            ("source", "资金来源"),
                            ("budget", "可用"),
                            ("committed", "已承诺"),
                            ("paying", "支付中"),
                            ("paid", "已支付"),
                            ("returned", "银行退回"),
                            ("due_back", "应收回"),
                            ("written_off", "已核销"),
                            ("village", "村账户"),
                            ("spent", "村已使用"),
                            ("outside", "外部"),
                        ],
                        default="committed",
                        max_length=12,
                    ),
                ),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Payee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("closed_id", models.BinaryField()),
                ("id_index", models.BinaryField(null=True)),
                ("closed_account", models.BinaryField()),
                ("account_index", models.BinaryField(null=True)),
                ("bank", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="PersonList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dead", "死亡人员"),
                            ("moved", "迁出人员"),
                            ("detained", "服刑人员"),
                            ("cadre", "村干部及其近亲属"),
                        ],
                        max_length=10,
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("source", models.CharField(max_length=120)),
                ("as_of", models.DateField()),
                ("rows", models.IntegerField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=60)),
                ("looked_at", models.IntegerField()),
                ("differences", models.IntegerField()),
                ("found", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("fund", models.CharField(max_length=120)),
                ("year", models.SmallIntegerField()),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("source", "资金来源"),
                            ("budget", "可用"),
                            ("committed", "已承诺"),
                            ("paying", "支付中"),
                            ("paid", "已支付"),
                            ("returned", "银行退回"),
                            ("due_back", "应收回"),
                            ("written_off", "已核销"),
                            ("village", "村账户"),
                            ("spent", "村已使用"),
                            ("outside", "外部"),
                        ],
                        max_length=12,
                    ),
                ),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("balance", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("pack_id"),
                        models.F("fund"),
                        models.F("year"),
                        models.F("area"),
                        models.F("kind"),
                        models.F("holder"),
                        name="account_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("balance__gte", 0), ("kind__in", ("source", "outside")), _connector="OR"),
                        name="account_not_overdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("measure", models.CharField(max_length=120)),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("period", models.CharField(blank=True, max_length=20)),
                ("corrects", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "正在编制"),
                            ("made", "编制中"),
                            ("submitted", "待复核"),
                            ("checked", "待财政批准"),
                            ("approved", "已批准"),
                            ("sent", "已送银行"),
                            ("done", "已回盘"),
                            ("withdrawn", "已撤回"),
                            ("empty", "没有可付的"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("count", models.IntegerField(default=0)),
                ("total", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("checked_digest", models.CharField(blank=True, max_length=64)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("checked_by", models.CharField(max_length=60, null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("approved_by", models.CharField(max_length=60, null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("sent_by", models.CharField(blank=True, max_length=60)),
                ("sent_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("sent_back_by", models.CharField(blank=True, max_length=60)),
                ("layout", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="treasury.banklayout")),
            ],
            options={
                "verbose_name_plural": "batches",
            },
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("closed_content", models.BinaryField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=18)),
                ("lines_digest", models.CharField(max_length=64)),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_file", to="treasury.batch"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_id", models.CharField(max_length=40)),
                ("looked_at", models.IntegerField()),
                ("found", models.IntegerField()),
                ("source", models.CharField(blank=True, max_length=200)),
                ("accepted_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="treasury.batch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClawBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("received", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("written_off", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("reason", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claw_backs", to="treasury.commitment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
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
                            ("reverse", "冲正"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("size", models.SmallIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("document", models.CharField(max_length=200)),
                ("attachment", models.BigIntegerField(null=True)),
                ("event", models.BigIntegerField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="treasury.entry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
            },
        ),
        migrations.AddField(
            model_name="commitment",
            name="entry",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="treasury.entry"),
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack_id", models.CharField(max_length=80)),
                ("fund", models.CharField(max_length=120)),
                ("year", models.SmallIntegerField()),
                ("area", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("how", models.CharField(choices=[("carry", "结转下年"), ("return", "上缴")], max_length=10)),
                ("reason", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="treasury.entry"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="treasury.account"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="treasury.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("listed", "在列"),
                            ("stopped", "已停发"),
                            ("sent", "已送银行"),
                            ("paid", "已支付"),
                            ("failed", "支付失败"),
                        ],
                        default="listed",
                        max_length=10,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("paid_on", models.DateField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="treasury.batch"
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="treasury.commitment"
                    ),
                ),
                ("payee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="treasury.payee")),
            ],
        ),
        migrations.CreateModel(
            name="Failure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=60)),
                ("due", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("paid_again", "已重新支付"),
                            ("failed_again", "再次失败"),
                            ("released", "已撤销"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("is_ready", models.BooleanField(default=False)),
                ("line", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="treasury.line")),
            ],
        ),
        migrations.CreateModel(
            name="LineFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_id", models.CharField(max_length=40)),
                ("told", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待处理"), ("kept", "照付"), ("stopped", "停发")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField(null=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="treasury.line"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="commitment",
            name="payee",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="treasury.payee"),
        ),
        migrations.CreateModel(
            name="ListedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("id_index", models.BinaryField()),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="treasury.personlist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("closed_content", models.BinaryField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("paid", models.IntegerField()),
                ("paid_total", models.DecimalField(decimal_places=2, max_digits=18)),
                ("failed", models.IntegerField()),
                ("failed_total", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="return_file", to="treasury.batch"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["area", "id"], name="batch_area"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_by", None),
                        models.Q(("checked_by", models.F("made_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("approved_by", None),
                        models.Q(
                            models.Q(("approved_by", models.F("made_by")), _negated=True),
                            models.Q(("approved_by", models.F("checked_by")), _negated=True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="batch_passes_three_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("checked", "approved", "sent", "done")), _negated=True),
                    ("checked_by__isnull", False),
                    _connector="OR",
                ),
                name="batch_is_checked_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "sent", "done")), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("count__gt", 0),
                        ("total__gt", 0),
                        ("digest", models.F("checked_digest")),
                    ),
                    _connector="OR",
                ),
                name="batch_is_approved_as_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkresult",
            constraint=models.UniqueConstraint(models.F("batch"), models.F("check_id"), name="check_result_once"),
        ),
        migrations.AddConstraint(
            model_name="checkresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_by", ""), ("reason", "")),
                    models.Q(models.Q(("accepted_by", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="check_result_accepted_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    ("received__gte", 0),
                    ("written_off__gte", 0),
                    (
                        "amount__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("received"), "+", models.F("written_off")
                        ),
                    ),
                ),
                name="claw_back_not_more_than_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("document", ""), _negated=True)),
                name="entry_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="entry_moves_something"),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.UniqueConstraint(
                models.F("pack_id"), models.F("fund"), models.F("year"), models.F("area"), name="closing_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="entryline",
            constraint=models.UniqueConstraint(models.F("entry"), models.F("account"), name="entry_line_once"),
        ),
        migrations.AddConstraint(
            model_name="entryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="entry_line_moves_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="linefinding",
            constraint=models.UniqueConstraint(models.F("line"), models.F("check_id"), name="line_finding_once"),
        ),
        migrations.AddConstraint(
            model_name="linefinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("by", ""), _negated=True),
                        ("at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="line_finding_settled_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["commitment", "id"], name="line_commitment"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(models.F("batch"), models.F("number"), name="line_number_once"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                models.F("commitment"),
                condition=models.Q(("state__in", ("stopped", "failed")), _negated=True),
                name="line_of_commitment_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="line_pays_something"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("stopped", "failed")), _negated=True),
                    models.Q(("problem", ""), _negated=True),
                    _connector="OR",
                ),
                name="line_not_paid_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_on", None), ("state", "paid"), _connector="XOR"), name="line_paid_on_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                models.F("pack_id"),
                models.F("measure"),
                models.F("area"),
                models.F("id"),
                condition=models.Q(("state", "due")),
                name="commitment_due",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["case", "id"], name="commitment_case"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["pack_id", "register", "row_id"], name="commitment_row"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["pack_id", "measure", "id"], name="commitment_measure"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["subject_index"], name="commitment_subject"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["pack_id", "fund", "year", "fund_area"], name="commitment_fund"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lte", models.F("original"))),
                name="commitment_only_falls",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("demanded__gte", 0), ("demanded__lte", models.F("amount"))),
                name="commitment_demanded_once",
            ),
        ),
        migrations.AddIndex(
            model_name="listedperson",
            index=models.Index(fields=["list", "id_index"], name="listed_person"),
        ),
        migrations.AddConstraint(
            model_name="returnfile",
            constraint=models.UniqueConstraint(models.F("digest"), name="return_file_once"),
        ),
    ]
