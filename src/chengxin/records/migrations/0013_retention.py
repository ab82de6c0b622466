"""Let the sweep of retention empty a version, and nobody else change one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("records", "0012_marks_with_their_record")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0013_retention.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
