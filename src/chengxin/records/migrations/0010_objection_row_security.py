"""Let who objects mark its own record, and the handler of a case act on the record it is about."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("records", "0009_counter"), ("casework", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0010_objection.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
