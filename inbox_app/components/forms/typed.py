"""What is typed: its length, whether it shows anything, and what a sending of it is known by."""

import reflex as rx

_file = rx.asset("typed.js", shared=True)
