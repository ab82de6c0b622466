"""Let policies ask at which moment, and on which legal day, somebody acts."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the functions."""

    dependencies = [("database", "0004_statistics")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0005_moment.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
