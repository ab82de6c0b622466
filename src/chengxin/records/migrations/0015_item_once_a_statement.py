"""Ask for the catalogue item of a record once a statement, and for the reader of a batch first."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies, then let the foreign key go."""

    dependencies = [("records", "0014_deciding"), ("catalogue", "0003_numbers_stay")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0015_item_once_a_statement.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="recordversion",
            name="item",
            field=models.ForeignKey(
                db_comment="Catalogue item version that allows the record.",
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.catalogueitemversion",
            ),
        ),
    ]
