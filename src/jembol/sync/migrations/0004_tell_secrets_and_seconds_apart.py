from django.db import migrations, models


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
    ]
