"""Step 2, analyseren: from measurements of the movement chain to ranked hypotheses."""
