"""Let everybody read the register and the figures, the authority enter companies, the platform compute."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0001_guard"), ("couriers", "0001_tables"), ("reviews", "0008_parcel_ratings_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
