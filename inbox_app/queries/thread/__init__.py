"""The open conversation: who it is with, its messages, their files."""
