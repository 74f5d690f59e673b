"""Files that go along with what is written, from being chosen until the server has them.

They leave by the queue of ``outgoing.py``, which needs this too.
"""

import reflex as rx

from inbox_app.components.forms import typed
from inbox_app.components.loading import lazy_ahead

_store = rx.asset("uploads.js", shared=True)
_later = [
    rx.asset(file, shared=True) for file in ("uploader.js", "kept_files.js", "file_problems.js")
]
_needs = (lazy_ahead, typed)
