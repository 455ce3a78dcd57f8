"""The plan's tasks handed out: assignments with six fixes, progress, lights, implementation plans, local targets.

Serves whoever must do something and whoever asks whether it was done. Never sets a light by hand.
"""
