"""Conversations as people at the desk use them: opened, read, drafts."""
