"""Let what an applicant wrote end with the papers of its case."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("representation", "0004_by_law_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0005_end_of_keeping.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
