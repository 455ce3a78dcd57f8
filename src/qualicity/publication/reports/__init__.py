"""Documents: the quality analysis report and its kin, composed from facts, approved, numbered and issued."""
