"""The window of calculators: inputs, result and steps; no arithmetic."""
