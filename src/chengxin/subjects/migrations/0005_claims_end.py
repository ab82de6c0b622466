"""Let the name that was claimed in an identity review end with its papers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies and triggers."""

    dependencies = [("subjects", "0004_query"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0005_claims_end.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
