"""Companies, their people, sessions, API keys."""
