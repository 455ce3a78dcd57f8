"""What we promised."""
