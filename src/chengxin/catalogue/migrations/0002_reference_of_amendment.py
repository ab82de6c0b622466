"""Say which amendment decided a version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the reference; what stands already came from files."""

    dependencies = [("catalogue", "0001_item_versions")]
    operations = [
        migrations.AddField(
            "catalogueitemversion",
            "reference",
            models.CharField(
                max_length=40,
                db_default="",
                db_comment="Number of the amendment that decided it; empty if a file brought it.",
            ),
        )
    ]
