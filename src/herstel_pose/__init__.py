"""From a video to the points of one person over time, and from those to measurements.

What is heavy (the decoder, the networks) is loaded where it is used: importing a module of this package costs nothing.
"""
