"""What is known about one person: fields, answers, units, partial dates. No rule lives here."""
