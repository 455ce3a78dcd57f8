"""The worklist: what waits for a person or a unit, when it is due, and the reminders that climb when it is not done.

Serves everybody; it knows cases, and no desk that opens them.
"""
