"""What the page needs to know of Meta's app for Embedded Signup."""

import reflex as rx

from inbox_app.pages.session import signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.runtime import current_runtime


class FacebookState(rx.State):
    """All of it is empty where Embedded Signup does not work."""

    app_id: rx.Field[str] = rx.field("")
    config_id: rx.Field[str] = rx.field("")
    sdk: rx.Field[str] = rx.field("")
    version: rx.Field[str] = rx.field("")
    """Of the Graph API."""

    @rx.event
    async def load(self) -> None:
        """The tab has come, or come back."""
        settings = current_runtime().settings
        if settings.signup is not None and await signed_in_admin(self) is not None:
            app_id, config_id, sdk = settings.signup
            version = settings.meta_graph_version
            set_changed(self, app_id=app_id, config_id=config_id, sdk=sdk, version=version)
