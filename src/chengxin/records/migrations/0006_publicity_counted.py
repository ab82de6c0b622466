"""A publication holds its own clock: some publicity counts from the day of publication."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the first day after the minimum publicity; the end stands there already."""

    dependencies = [("records", "0005_document_grams")]
    operations = [
        migrations.AddField(
            model_name="publication",
            name="earliest_repair_on",
            field=models.DateField(db_comment="First day after the minimum publicity.", null=True),
        )
    ]
