"""Step 2 with eyes: from points of a body over time to measurements, each with its error, or a refusal that says why.

No video is read here; ``herstel_pose`` finds the points in one, and ``mocap`` reads them from a motion-capture file.
"""
