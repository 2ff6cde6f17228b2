"""How it goes: check-ins, decisions by rule, gates between phases, load, return to sport."""
