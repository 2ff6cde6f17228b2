"""Herstel: from "something hurts at the back of my thigh" to lasting recovery.

The product in one screen is :mod:`herstel.flow`. Importing the package loads nothing heavy.
"""

__version__ = "0.1.0"
