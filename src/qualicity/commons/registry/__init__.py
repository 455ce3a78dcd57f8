"""Places, enterprises, the home's day, and where a reader stands: which plan, which place, which day."""
