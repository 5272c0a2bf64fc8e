"""Messages on their way to phones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OutgoingMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("closed_to", models.BinaryField(null=True)),
                ("closed_text", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="message_made")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_text__isnull", False),
                                ("closed_to__isnull", False),
                                ("given_up_at", None),
                                ("sent_at", None),
                            ),
                            models.Q(("closed_text", None), ("closed_to", None)),
                            _connector="OR",
                        ),
                        name="message_is_forgotten_when_it_has_left",
                    )
                ],
            },
        ),
    ]
