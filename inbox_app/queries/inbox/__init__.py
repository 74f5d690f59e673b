"""The inbox: lists, threads, stays, what may be sent."""
