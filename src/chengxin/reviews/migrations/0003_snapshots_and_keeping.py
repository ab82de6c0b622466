"""Show what snapshots lack to who oversees, scores to all; let nobody change or delete a review."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("reviews", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_snapshots_and_keeping.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
