"""Create the guard: the signed context that every row-security policy reads."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the guard."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0001_guard.sql").read_text(encoding="utf-8"), reverse_sql="drop schema guard cascade"
        )
    ]
