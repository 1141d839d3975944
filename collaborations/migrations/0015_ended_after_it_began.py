from django.db import migrations, models
from django.db.models import F, Q


def end_no_earlier_than_it_began(apps, schema_editor):
    """The form took any day until here. What it ended before it began, ended when it began."""
    cases = apps.get_model("collaborations", "Collaboration").objects
    cases.filter(ended_on__lt=F("started_on")).update(ended_on=F("started_on"))


class Migration(migrations.Migration):

    dependencies = [
        ('collaborations', '0014_shortcoming'),
    ]

    operations = [
        migrations.RunPython(end_no_earlier_than_it_began, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='collaboration',
            constraint=models.CheckConstraint(condition=Q(('ended_on', None), ('started_on', None), ('ended_on__gte', F('started_on')), _connector='OR'), name='case_ended_after_it_began'),
        ),
    ]
