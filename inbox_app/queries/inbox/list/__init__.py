"""The list of conversations: which ones, in which order, how many, what each row says."""
