"""Conversations as property managers use them: opened, read, drafts."""
