"""The question answered: a case and the knowledge in, ranked and explained options out."""
