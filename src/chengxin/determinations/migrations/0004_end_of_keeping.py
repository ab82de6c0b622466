"""Let a draft end with the papers of its case."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("determinations", "0003_asked_for_honours"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_end_of_keeping.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
