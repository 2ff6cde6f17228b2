"""Short illustrated articles that explain; no step of the flow uses them."""
