"""The pages under load: many people with two years of daily check-ins, one server process, a browser beside it."""

from benchmarks.web.figures import figures

__all__ = ["figures"]
