"""Let the register keep several classes of companies, and sums of payments beside orders and parcels."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('couriers', '0002_row_security'),
    ]

    operations = [
        migrations.AlterModelTableComment(
            name='company',
            table_comment='Courier companies and payment institutions; public.',
        ),
        migrations.AddField(
            model_name='company',
            name='kind',
            field=models.CharField(db_comment='Code of classes.yaml.', db_default='courier', default='courier', max_length=20),
        ),
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('pk', models.CompositePrimaryKey('source', 'channel', 'window_until', blank=True, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(db_comment='Platform that handed in the payments.', max_length=40)),
                ('channel', models.CharField(db_comment='Registered institution; empty: all others together.', max_length=80)),
                ('window_from', models.DateField(db_comment='First day.')),
                ('window_until', models.DateField(db_comment='First day after.')),
                ('payments', models.IntegerField(db_comment='Payments that were made.')),
                ('paid_fen', models.BigIntegerField(db_comment='Their sum in fen.')),
                ('order_unknown', models.IntegerField(db_comment='Of them without an order that was handed in.')),
                ('order_known', models.IntegerField(db_comment='Of them with one.')),
                ('amount_differs', models.IntegerField(db_comment='Of these whose order has another amount.')),
                ('sent', models.IntegerField(db_comment='Of these whose order is said to be sent.')),
                ('parcel_unknown', models.IntegerField(db_comment='Of these without a waybill that was handed in.')),
                ('refunds', models.IntegerField(db_comment='Refunds.')),
                ('refunded_fen', models.BigIntegerField(db_comment='Their sum in fen.')),
                ('run', models.CharField(db_comment='Run of the lake it follows from.', max_length=40)),
                ('version', models.CharField(db_comment='Version of the published rules.', max_length=20)),
                ('computed_on', models.DateField(db_comment='Legal day it was computed.')),
            ],
            options={
                'db_table': 'couriers_flow',
                'db_table_comment': 'Payments beside orders and parcels by institution; sums alone, for who supervises them.',
                'constraints': [models.CheckConstraint(condition=models.Q(('payments', django.db.models.expressions.CombinedExpression(models.F('order_unknown'), '+', models.F('order_known'))), ('amount_differs__lte', models.F('order_known')), ('parcel_unknown__lte', models.F('sent')), ('sent__lte', models.F('order_known'))), name='couriers_flow_parts_of_wholes')],
            },
        ),
    ]
