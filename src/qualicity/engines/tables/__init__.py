"""Registers as machinery: reading files from outside, checking them, keeping and returning tables of evidence.

``lake`` keeps versions · ``schemas`` say what a register holds · ``reading`` opens a stranger's file ·
``checking`` names what is wrong row by row · ``integrity`` asks what looks invented · ``templates``, ``annotated``
and ``exports`` give workbooks back. No city, no Django.
"""
