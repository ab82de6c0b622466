"""Let the credit office read the batches of its area."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("access", "0001_tables"), ("intake", "0003_formula_cells")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_oversight.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
