"""Have the database log an answer beside the events of the act."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the function."""

    dependencies = [("matching", "0004_answers_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0005_logged.sql").read_text(encoding="utf-8"), reverse_sql="drop function matching_log(json);"
        )
    ]
