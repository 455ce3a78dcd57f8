"""The rules of layout, one file for each part of the standard; each says clause, place, found, expected."""
