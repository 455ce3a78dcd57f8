"""Statistics and standards: one small pure file each. Numbers in, a frozen result out."""
