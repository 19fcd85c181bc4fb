"""Measurements: quality against gold. None of it ships in the wheel."""
