"""Keep what of a paper its giver lets be seen; what came before is covered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the mark."""

    dependencies = [("disputes", "0003_filer_reads")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="shown",
            field=models.CharField(
                db_comment="What of a paper its giver lets be seen: all, cells of a grid, or nothing.",
                db_default="",
                default="",
                max_length=400,
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shown", ""),
                    models.Q(("is_paper", True), ("shown__regex", "^(all|[0-9]{1,2}x[0-9]{1,2}:[0-9]+(,[0-9]+)*)$")),
                    _connector="OR",
                ),
                name="disputes_entry_shown",
            ),
        ),
    ]
