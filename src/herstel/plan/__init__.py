"""Steps 3 to 5 as a plan: phases, weekly doses, a schedule, and why each exercise is there."""
