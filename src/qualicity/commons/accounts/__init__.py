"""People, organisations and roles: who may do what, and for whom they speak.

Serves every desk through ``queries.can``/``check``. It never knows what a desk does with the answer.
"""
