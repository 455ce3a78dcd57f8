"""The tags of the portal."""
