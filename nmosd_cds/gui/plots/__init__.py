"""Plots drawn by QPainter, each with a table that says the same."""
