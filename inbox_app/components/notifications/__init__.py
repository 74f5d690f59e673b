"""What came while nobody looked, told by the device itself (N1, N2)."""
