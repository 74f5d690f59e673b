"""The button of Meta's Embedded Signup, and what its page needs."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("facebook_signup.jsx", shared=True)
_dialog = rx.asset("signup_dialog.js", shared=True)
_needs = (icons, text)

Word = rx.Var[str]


def _code(code: Word, waba_id: Word, phone_number_id: Word) -> tuple[Word, Word, Word]:
    return code, waba_id, phone_number_id


class FacebookSignup(rx.Component):
    """`on_code(code, waba_id, phone_number_id)` comes once for each dialog that was finished; ids
    that were not told are empty. What was given up is said under the button."""

    library = _file.importable_path
    tag = "FacebookSignup"

    app_id: rx.Var[str]
    config_id: rx.Var[str]
    version: rx.Var[str]
    sdk: rx.Var[str]
    disabled: rx.Var[bool]

    on_code: rx.EventHandler[_code]


class OwnPolicy(rx.Component):
    """Has the page loaded with its own content policy, however one came to it."""

    library = _file.importable_path
    tag = "OwnPolicy"
