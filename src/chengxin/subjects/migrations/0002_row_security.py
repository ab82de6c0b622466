from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("subjects", "0001_subjects"), ("database", "0001_guard")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
