"""Measures the layout of a document, ours or another office's, and lists what is not as the house style sets it."""
