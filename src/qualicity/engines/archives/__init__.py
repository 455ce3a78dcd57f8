"""Evidence in one file that anybody can check: the same bytes for the same content, and a hash for every file."""
