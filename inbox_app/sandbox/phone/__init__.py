"""`/sandbox/phone`: the phone of the person on the other side, and the sandbox's clock."""
