"""Let nobody but the nominee answer a nomination, and nobody unnamed be read."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("honours", "0001_tables"), ("database", "0001_guard")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
