"""The palette of Ctrl+K: conversations, people, reservations, messages and commands (P9)."""
