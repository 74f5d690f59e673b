"""What every call of the API passes and shares."""
