"""How Reflex builds the pages; what differs between installations is set by inbox_app/serve.py."""

import reflex as rx

from inbox_app.operating.build_plugin import BuildPlugin

config = rx.Config(
    app_name="inbox_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # The wildcard of the default would let any site read with the visitor's cookies.
    cors_allowed_origins=["http://localhost:8000", "http://127.0.0.1:8000"],
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    # Seconds after which an idle tab's state is dropped, whatever the manager.
    redis_token_expiration=86_400,
    plugins=[BuildPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
