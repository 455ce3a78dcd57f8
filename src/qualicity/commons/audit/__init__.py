"""The audit trail: who did what, when, in a chain that shows every alteration.

Serves every desk through ``actions.record``. It holds no foreign keys, so that it never stands in anybody's way.
"""
