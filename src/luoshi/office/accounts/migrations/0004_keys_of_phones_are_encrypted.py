"""Phones that were kept with their keys in clear move to the new table; the old one, with all its keys, is gone."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations

from luoshi.office.database.secrecy import Secrecy

OLD = "otp_totp_totpdevice"
KEPT = f"SELECT user_id, name, confirmed, key, last_t, created_at, last_used_at FROM {OLD} ORDER BY id"
PUT = (
    "INSERT INTO accounts_phone (user_id, name, confirmed, closed_key, last_step, created_at, last_used_at,"
    " throttling_failure_timestamp, throttling_failure_count) VALUES (%s, %s, %s, %s, %s, %s, %s, NULL, 0)"
)


def encrypt(apps: Any, schema_editor: Any) -> None:
    """Every phone that there is has its key closed for its account."""
    secrecy = Secrecy(settings.ENVIRONMENT.row_key, settings.ENVIRONMENT.index_key)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [OLD])
        if cursor.fetchone() == (None,):
            return
        cursor.execute(KEPT)
        for user, name, confirmed, key, *rest in cursor.fetchall():
            closed = secrecy.close(key, f"accounts_phone.closed_key:{user}")
            cursor.execute(PUT, [user, name, confirmed, closed, *rest])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TABLE {OLD}")


class Migration(migrations.Migration):
    """What was kept by the library's plugin, which is no longer installed."""

    dependencies: ClassVar = [("accounts", "0003_first_passwords_deputies_phones")]
    operations: ClassVar = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
