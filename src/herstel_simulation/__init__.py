"""Simulated people who recover under the plan: to test the rules and the forecast. Never real people."""
