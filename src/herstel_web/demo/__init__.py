"""A practice that is made up, to show how Herstel works. Everything in it is marked simulated.

``fill.KINDS`` names what is put into it, one function a kind: who adds a kind of record to Herstel adds a line there.
"""
