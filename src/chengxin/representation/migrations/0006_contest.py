"""Let whom a registration is about say that it is not so: what rests since then, and the case that decides it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add two columns."""

    dependencies = [("representation", "0005_end_of_keeping")]
    operations = [
        migrations.AddField(
            model_name="mandate",
            name="contest_number",
            field=models.CharField(
                db_comment="Number of the case in which whom it is about said that it is not so; empty: never.",
                db_default="",
                default="",
                max_length=24,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="rests_since",
            field=models.DateTimeField(
                db_comment="Moment since which it opens nothing, as whom it is about said that it is not so.", null=True
            ),
        ),
    ]
