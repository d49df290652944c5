from django.db import migrations

from jembol.training import turn_guards


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0002_plan_classes'),
    ]

    operations = [
        migrations.RunPython(turn_guards.install, turn_guards.remove),
    ]
