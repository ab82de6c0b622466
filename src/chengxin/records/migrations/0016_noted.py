"""Have the database note who receives what, alone or beside other things an act writes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the function."""

    dependencies = [("records", "0015_item_once_a_statement")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0016_noted.sql").read_text(encoding="utf-8"), reverse_sql="drop function records_note(json);"
        )
    ]
