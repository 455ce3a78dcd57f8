"""The indicators: every target's value, how sure it is and where it comes from. Writes nothing."""
