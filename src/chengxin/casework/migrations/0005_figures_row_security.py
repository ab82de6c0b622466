"""Put the figures under row security: the public reads what is public, oversight the rest, the platform counts."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("casework", "0004_deadlines_and_figures")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0005_figures.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
