"""Let a report be of an occupation, made of the sections its person ticked."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the form and the sections; what was made before is not made of sections."""

    dependencies = [("archives", "0008_report_form")]
    operations = [
        migrations.AlterField(
            model_name="report",
            name="form",
            field=models.CharField(
                max_length=12,
                db_default="report",
                db_comment="What it is: a report, a certificate (合规证明), an occupational report (职业信用报告).",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="items",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                size=None,
                db_default=[],
                db_comment="Items of the sections its person ticked; empty: it is not made of sections.",
            ),
        ),
        migrations.RemoveConstraint(model_name="report", name="archives_report_form"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=Q(form__in=["report", "certificate", "occupation"]), name="archives_report_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=Q(form="occupation", items__len__gt=0) | (~Q(form="occupation") & Q(items__len=0)),
                name="archives_report_sections",
            ),
        ),
    ]
