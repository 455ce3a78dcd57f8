"""The tags and filters of the theme."""
