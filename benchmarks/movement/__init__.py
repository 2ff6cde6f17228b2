"""What the measuring of movement costs and reaches."""
