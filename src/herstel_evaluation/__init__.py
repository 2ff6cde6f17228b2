"""How good is it? Reads published cases, runs the engine on what was reported, and scores the answers."""
