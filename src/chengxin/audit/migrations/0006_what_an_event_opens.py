"""What an event opens, and when the database took it: what the key service goes by."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_verifiable_log")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="opens",
            field=models.BinaryField(
                null=True, db_comment="Digest of the sealed values it opens; the key service opens no other."
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="written_at",
            field=models.DateTimeField(
                db_comment="When the database took the event; it opens values only soon after.",
                db_default=django.db.models.functions.datetime.Now(),
            ),
        ),
    ]
