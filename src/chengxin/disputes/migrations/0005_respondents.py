"""Let a complaint be about a courier company, and name the payment institution that was paid through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widen the table of complaints."""

    dependencies = [
        ('disputes', '0004_shown'),
    ]

    operations = [
        migrations.AddField(
            model_name='dispute',
            name='institution',
            field=models.CharField(db_comment='Code of the payment institution paid through, if named.', db_default='', default='', max_length=18),
        ),
        migrations.AddField(
            model_name='dispute',
            name='procedure',
            field=models.CharField(db_comment='Course it takes: about a shop or a courier.', db_default='dispute', default='dispute', max_length=20),
        ),
        migrations.AlterField(
            model_name='dispute',
            name='shop_id',
            field=models.UUIDField(db_comment='Shop it is about; null: a courier company.', null=True),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('shop_id', None)), fields=['subject_id', '-received_at'], name='disputes_dispute_courier'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('procedure', 'dispute'), ('shop_id__isnull', False)), models.Q(('institution', ''), ('procedure', 'courier_complaint'), ('shop_id__isnull', True), ('subject_id__isnull', False), ('trade_id', None)), _connector='OR'), name='disputes_dispute_about_one'),
        ),
    ]
