"""Sends that are repeated until the server has answered."""

import reflex as rx

from inbox_app.components.forms import typed

_file = rx.asset("acknowledged_send.js", shared=True)
_needs = (typed,)
