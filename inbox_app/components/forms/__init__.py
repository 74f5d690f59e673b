"""Fields, their choices, and what is wrong with what was typed."""
