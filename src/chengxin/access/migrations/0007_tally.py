"""Let every process count wrong codes and used codes in one place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Create the table of counters."""

    dependencies = [("access", "0006_factor_reset")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "key",
                    models.CharField(
                        db_comment="Keyed hash of what is counted.", max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("value", models.JSONField(db_comment="A count, moments, or that a code was used.")),
                ("ends_at", models.DateTimeField(db_comment="Moment from which it counts no longer.")),
            ],
            options={
                "db_table": "access_tally",
                "db_table_comment": "Wrong codes, used codes and tries without an account, counted for a while.",
                "indexes": [models.Index(fields=["ends_at"], name="access_tally_end")],
            },
        )
    ]
