"""Let who has written a great deal refresh the statistics of what they wrote."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the function."""

    dependencies = [("database", "0003_query")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_statistics.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
