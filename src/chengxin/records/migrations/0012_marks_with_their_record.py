"""Let nobody mark a record that is not theirs to see."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("records", "0011_objection_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0012_marks_with_their_record.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
