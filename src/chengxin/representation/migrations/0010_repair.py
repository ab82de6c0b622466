"""Let a representative apply for repair, where the mandate says so."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("representation", "0009_counter"), ("repair", "0003_whole_checks")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0010_repair.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
