"""The demonstration city: simulated evidence for a real plan, filed through the ordinary door.

``scenario.yaml`` says what the city is like and what goes wrong; ``city`` draws it; one file per subject makes the
rows of its registers; ``story`` decides which file is sent by whom and when; ``deliver`` and ``filing`` write the
file; ``performance`` hands everything in, in the order of a simulated clock; ``build`` does it all.
"""
