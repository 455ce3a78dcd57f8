"""Writes official documents in the layout of GB/T 9704: composed as a model, set by a house style."""
