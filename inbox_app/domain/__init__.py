"""The rules of the trade: pure functions and frozen values, the clock passed in."""
