"""Let the masked names of a statutory query end with its papers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies and triggers."""

    dependencies = [("inquiries", "0002_row_security"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0003_masks_end.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
