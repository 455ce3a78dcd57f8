"""How every form looks: the renderer that Django asks, with our own template for a field."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's renderer with the theme's form and field."""

    form_template_name = "theme/components/form.html"
    field_template_name = "theme/components/field.html"
