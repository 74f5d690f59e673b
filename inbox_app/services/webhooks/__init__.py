"""What other systems are told: noted, put into words, tried until it is there (A3)."""
