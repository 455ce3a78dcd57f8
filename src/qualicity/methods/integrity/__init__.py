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
from qualicity.methods.integrity.wholes import FiledAgain, filed_again, free_digits

__all__ = [
    "CopiedRows",
    "CopiedRun",
    "DigitPreference",
    "Evenness",
    "FiledAgain",
    "Outliers",
    "copied_rows",
    "copied_run",
    "digit_preference",
    "evenness",
    "filed_again",
    "free_digits",
    "repeated_run",
    "row_keys",
    "seasonal_outliers",
    "used_decimals",
]
