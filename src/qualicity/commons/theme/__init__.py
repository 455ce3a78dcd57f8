"""The look: base page, components, template tags and assets. It knows no desk."""
