"""What can be seen of a file without opening it: its measures, a small picture, a sound that every
browser plays.

Each file is looked at in a process of its own, which the kernel keeps within its memory and time:
one that makes a decoder crash, or never end, takes nothing but its own preview along. A pool would
save the start of a process, but a limit that is reached ends its worker, and with it what others
had waiting there; and a decoder that was talked into something would see the next one's file.
"""
