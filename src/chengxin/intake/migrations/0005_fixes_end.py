"""Let corrections end with the file they correct."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("intake", "0004_oversight"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0005_fixes_end.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
