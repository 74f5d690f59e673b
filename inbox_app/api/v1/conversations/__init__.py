"""Conversations, their messages and files, and what is noted on them."""
