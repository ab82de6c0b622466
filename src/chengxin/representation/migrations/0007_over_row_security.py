"""Let what the law gave end with all that rests on it, and rest while it is contested."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("representation", "0006_contest"), ("subjects", "0002_row_security")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0007_over.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
