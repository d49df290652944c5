"""How forms are drawn, and how refusals become form errors."""

from django.forms.renderers import TemplatesSetting


class PageFormRenderer(TemplatesSetting):
    """Draw every field the same way: label, help, field, error, tied together."""

    field_template_name = "ui/field.html"
