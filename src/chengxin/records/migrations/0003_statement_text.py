"""Let an operator's own statement stand in the clear beside its public record; a person's stays sealed."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the text, and let exactly one form be filled."""

    dependencies = [("records", "0002_row_security")]
    operations = [
        migrations.AlterField(
            model_name="statement",
            name="sealed",
            field=models.BinaryField(null=True, db_comment="[personal] A person's text under the subject's data key."),
        ),
        migrations.AddField(
            model_name="statement",
            name="text",
            field=models.TextField(
                default="", db_comment="An operator's text, shown with the record; empty for a person."
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=Q(sealed__isnull=True) ^ Q(text=""), name="records_statement_one_form"
            ),
        ),
    ]
