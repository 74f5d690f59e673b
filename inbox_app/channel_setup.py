"""Where the channels meet the rest: what this installation can be written to by."""

from inbox_app.channels.registry import register
from inbox_app.channels.whatsapp.channel import WHATSAPP, WhatsApp
from inbox_app.services.channel_services import register_services
from inbox_app.services.whatsapp import WhatsAppServices


def register_channels(*, graph_url: str = "", graph_version: str = "") -> None:
    """All that there are. Without Graph's address nothing can be delivered by WhatsApp."""
    register(WhatsApp(graph_url, graph_version))
    register_services(WHATSAPP, WhatsAppServices())
