"""Published evidence: studies, guidelines, drugs and trials, and what counts say by arithmetic."""
