"""The tags and filters of the desk."""
