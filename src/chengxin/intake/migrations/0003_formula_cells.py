"""Remember where a workbook held formulas."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column."""

    dependencies = [
        ('intake', '0002_row_security'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='formula_cells',
            field=models.CharField(db_comment='First cells that hold a formula; their stored values were read.', default='', max_length=80),
        ),
    ]
