"""Let a case say that a verb was begun and has not ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the two columns of an attempt."""

    dependencies = [("casework", "0002_row_security")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="attempted_at",
            field=models.DateTimeField(db_comment="Moment it was begun; its end clears both.", null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="attempted_verb",
            field=models.CharField(
                db_comment="Verb that was begun and has not ended; empty: none.", default="", max_length=40
            ),
        ),
    ]
