"""Let names on mandates and applications end."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("representation", "0011_report"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0012_names_end.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
