"""Keep the pieces of a document number with the record, so that publication only copies them."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Add the column, fill it, and hold a natural person's empty."""

    dependencies = [
        ('catalogue', '0001_item_versions'),
        ('records', '0004_publication_search'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='recordversion',
            name='records_version_person_sealed',
        ),
        migrations.AddField(
            model_name='recordversion',
            name='document_grams',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), db_comment='Codes of its two-character pieces, for search.', default=list, size=None),
        ),
        migrations.AlterField(
            model_name='publication',
            name='document_grams',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), db_comment='Codes of its two-character pieces, for search.', size=None),
        ),
        migrations.RunSQL(
            sql=(SQL / "0005_document_grams.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name='recordversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject_kind', 'natural_person'), _negated=True), models.Q(('content', {}), ('document_grams', []), ('document_key', '')), _connector='OR'), name='records_version_person_sealed'),
        ),
    ]
