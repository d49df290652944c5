from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0002_keep_edits_and_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="edit",
            name="new_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
