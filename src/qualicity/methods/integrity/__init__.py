"""Evidence that reported data may have been invented or copied: grounds for a question, never a verdict."""

from qualicity.methods.integrity.copies import (
    CopiedRows,
    CopiedRun,
    copied_rows,
    copied_run,
    repeated_run,
    row_keys,
)
from qualicity.methods.integrity.digits import DigitPreference, digit_preference, used_decimals
from qualicity.methods.integrity.evenness import Evenness, evenness
from qualicity.methods.integrity.outliers import Outliers, seasonal_outliers

__all__ = [
    "CopiedRows",
    "CopiedRun",
    "DigitPreference",
    "Evenness",
    "Outliers",
    "copied_rows",
    "copied_run",
    "digit_preference",
    "evenness",
    "repeated_run",
    "row_keys",
    "seasonal_outliers",
    "used_decimals",
]
