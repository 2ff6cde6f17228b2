"""The command line: one file per command. Each parses, calls the domain and prints; none of them thinks."""
