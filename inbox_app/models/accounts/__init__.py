"""Companies, their people, and what each has chosen."""
