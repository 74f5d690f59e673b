"""A file in the thread: a photo, a film, a sound, a document (M3)."""

import reflex as rx

from inbox_app.components.i18n import text, times
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("media_file.jsx", shared=True)
_sound = rx.asset("sound.jsx", shared=True)
_needs = (icons, lazy_ahead, text, times)


class MediaFile(rx.Component):
    """`media` is a `MediaRow`; `icon` and `word` stand for its kind where nothing can be seen."""

    library = _file.importable_path
    tag = "MediaFile"

    media: rx.Var[dict]
    kind: rx.Var[str]
    icon: rx.Var[str]
    word: rx.Var[str]
