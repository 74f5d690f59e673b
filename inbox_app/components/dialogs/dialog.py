"""Modal dialogs, drawers and sheets: each is a step of history, which Back takes back."""

import reflex as rx

_file = rx.asset("dialog.jsx", shared=True)
_steps = rx.asset("history_steps.js", shared=True)
