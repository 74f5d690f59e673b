"""What people are told on their devices: noted with what happened, spread to each device that wants
it, sent until a push service has it, taken back when it was read (N1, N2)."""
