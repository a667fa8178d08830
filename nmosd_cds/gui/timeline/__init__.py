"""The timeline: what a history shows, where it stands, how it is drawn and moved."""
