"""Let everybody read what checks came to."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("inspections", "0003_checks"), ("market", "0001_tables")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0004_checks.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
