"""Scripts that are not of the first load, and yet there before somebody wants them."""

import reflex as rx

_file = rx.asset("lazy_ahead.js", shared=True)
