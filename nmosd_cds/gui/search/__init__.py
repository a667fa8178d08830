"""The search over everything: what can be found, and the panel that finds it."""
