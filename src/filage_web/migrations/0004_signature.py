"""Writes of people without an account are signed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of the history."""

    dependencies: ClassVar = [("filage_web", "0003_jobs")]
    operations: ClassVar = [
        migrations.AddField(
            "changeset", "signature", models.CharField(blank=True, default="", max_length=160)
        ),
    ]
