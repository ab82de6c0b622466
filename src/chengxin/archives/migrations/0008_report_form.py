"""Say of each report what it is: certificates are kept beside reports and give way among themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the form; what was made before are reports."""

    dependencies = [("archives", "0007_retention")]
    operations = [
        migrations.AddField(
            model_name="report",
            name="form",
            field=models.CharField(
                max_length=12,
                db_default="report",
                db_comment="What it is: a report, or a certificate (合规证明) of one's own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(form__in=["report", "certificate"]), name="archives_report_form"
            ),
        ),
    ]
