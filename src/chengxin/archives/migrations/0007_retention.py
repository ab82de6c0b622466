"""Let the sweep of retention read which letters were shown when."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("archives", "0006_mandate_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0007_retention.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
