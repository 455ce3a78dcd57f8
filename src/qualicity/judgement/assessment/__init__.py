"""Assessment (考核): what the programme is worth by a rubric, how sure that is, and who said so."""
