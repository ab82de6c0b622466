"""Find a trade by its parcel, and count those of a shop, without reading all of them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Build the two indexes while trades go on coming in."""

    atomic = False
    dependencies = [("reviews", "0005_answers_row_security")]
    operations = [
        AddIndexConcurrently(
            "trade",
            models.Index(fields=["parcel_tag"], name="reviews_trade_parcel", condition=Q(parcel_tag__isnull=False)),
        ),
        AddIndexConcurrently("trade", models.Index(fields=["shop_id", "completed_at"], name="reviews_trade_shop")),
    ]
