"""How the duties of a policy stand in a run, area by area."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("runs", "0003_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=120)),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("done", models.BigIntegerField()),
                ("not_done", models.BigIntegerField()),
                ("unknown", models.BigIntegerField()),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="runs.run")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("run"), models.F("area"), models.F("duty"), name="duty_state_once")
                ],
            },
        ),
    ]
