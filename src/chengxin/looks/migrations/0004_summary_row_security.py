"""Let a person choose whether the message of the yearly summary comes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("looks", "0003_summary"), ("database", "0005_moment")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_summary.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
