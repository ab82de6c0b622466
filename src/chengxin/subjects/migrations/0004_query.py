"""Open the subject of a query to who may ask."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0003_query"), ("subjects", "0003_counter")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_query.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
