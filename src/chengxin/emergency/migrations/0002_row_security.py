"""Set the guard over accesses in an emergency, and open records to a running one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [
        ("emergency", "0001_tables"),
        ("database", "0003_query"),
        ("records", "0012_marks_with_their_record"),
    ]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
