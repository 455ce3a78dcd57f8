"""A home in one file: written while it is in use, restored into an empty folder, and verified there."""
