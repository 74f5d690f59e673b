"""What Meta posts, taken apart into plain values."""
