from django.db import migrations, models
from django.db.models import OuterRef, Subquery

FROM_THE_FIRST = ("officer_id", "device_at", "area_key", "corrected_at")


def take_from_the_first(apps, _editor):
    """Give each second content that is kept what it would have acted with until now."""
    conflicts = apps.get_model("sync", "Conflict").objects
    first = apps.get_model("sync", "Envelope").objects.filter(pk=OuterRef("envelope_id"))
    conflicts.update(
        **{name: Subquery(first.values(name)[:1]) for name in FROM_THE_FIRST}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0003_keep_what_phones_sign"),
    ]

    operations = [
        migrations.AddField(
            model_name="edit",
            name="new_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="conflict",
            name="officer_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="conflict",
            name="device_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="conflict",
            name="corrected_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="conflict",
            name="area_key",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(take_from_the_first, migrations.RunPython.noop),
    ]
