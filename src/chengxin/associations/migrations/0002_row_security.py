"""Let an association keep its own members and acts, and a member read its own."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [
        ("database", "0001_guard"),
        ("associations", "0001_tables"),
        ("subjects", "0002_row_security"),
    ]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
