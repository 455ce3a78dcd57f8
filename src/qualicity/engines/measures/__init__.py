"""From registers to cells to estimates: written once in a small vocabulary, run by DuckDB or Spark."""
