"""Let policies ask whom a query is about."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the function."""

    dependencies = [("database", "0002_counter")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_query.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
