"""What officials decide, as reviewed YAML, and the schemas that read it."""
