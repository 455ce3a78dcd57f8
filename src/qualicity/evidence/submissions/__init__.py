"""Evidence comes in here: files are received, checked, reviewed and accepted into the registers.

Serves every desk that reads registers; never computes an indicator and never judges a figure.
"""
