"""Letters: composing them from what the flow concluded, and setting them as PDF. No web framework, no database."""
