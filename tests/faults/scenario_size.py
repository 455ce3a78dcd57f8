"""How large the files of the fault tests are."""

ROWS = 400
