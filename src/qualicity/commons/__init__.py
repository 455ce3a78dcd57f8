"""What every desk shares: people, organisations, places, the audit trail and the look."""
