"""Template tags of this desk."""
