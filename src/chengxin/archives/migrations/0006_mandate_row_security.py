"""Put the letters under row security."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0002_counter"), ("archives", "0005_mandate")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0006_mandate.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
