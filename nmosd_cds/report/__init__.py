"""The answer on paper and in the terminal: what is said, how it is drawn, how it is proved."""
