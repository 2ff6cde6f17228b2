"""Motion capture: files of markers and of joint angles, read into plain values and measured.

A file that cannot be trusted is refused with the thing, the reason and the remedy. What a file says of its units and
signs is checked against the size of a person and the bend of a knee; it is never quietly put right.
"""
