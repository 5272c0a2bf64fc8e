"""What was uploaded is sealed, as it lies; and how much somebody has brought in a day is counted."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations, models

from luoshi.office.database.keys import secrecy


def seal(apps: Any, schema_editor: Any) -> None:
    """Every content that still lies under the digest of what can be read is sealed; begun anew it goes on."""
    for path in sorted((Path(settings.MEDIA_ROOT) / "attachments").glob("??/*")):
        content = path.read_bytes()
        if sha256(content).hexdigest() != path.name:
            continue
        sealed = path.with_suffix(".sealing")
        with open(os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secrecy().seal(content, f"attachments.content:{path.name}"))
        sealed.replace(path)


class Migration(migrations.Migration):
    """Files first: whoever looks at an attachment afterwards unseals it."""

    dependencies: ClassVar[list[Any]] = [("attachments", "0001_initial")]
    operations: ClassVar[list[Any]] = [
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AddIndex("attachment", models.Index(fields=["kept_by", "kept_at"], name="attachment_of_person")),
    ]
