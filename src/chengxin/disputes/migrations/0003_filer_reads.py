"""Let who filed a hotline's sheet read that it did."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("disputes", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_filer_reads.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
