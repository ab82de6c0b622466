"""Open records to a query under a live authorisation."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0003_query"), ("records", "0009_counter"), ("consents", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0010_query.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
