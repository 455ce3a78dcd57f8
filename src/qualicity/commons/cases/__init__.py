"""Cases: whatever moves through states under clocks, with somebody answerable for each state and a trail.

Serves every desk that hands out, chases or decides something; knows none of them. What a case type is stands in
``definitions/cases``; a case's trail is added to and never changed.
"""
