"""Have the database write what an act tells of, one act or several at once."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the functions."""

    dependencies = [("audit", "0007_key_service_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0008_told_together.sql").read_text(encoding="utf-8"),
            reverse_sql="""
                drop function audit_tell_together(uuid, text, bigint, timestamptz, json);
                drop function audit_tell(uuid, bigint, json);
            """,
        )
    ]
