"""Keep a published item version and its number: what points to it is asked once a statement."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the trigger."""

    dependencies = [("catalogue", "0002_reference_of_amendment")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_numbers_stay.sql").read_text(encoding="utf-8"),
            reverse_sql="drop trigger stays on catalogue_item_version; drop function catalogue_item_version_stays()",
        )
    ]
