"""A drawn person whose joint angles are known exactly: the truth that the measuring of movement is held against."""
