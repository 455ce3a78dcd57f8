"""Pages of the desk: documents, their prose, and their way through the offices."""
