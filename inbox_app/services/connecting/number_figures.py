"""How a connected number fares: what was read of it at Meta, and which news are newer."""

from datetime import datetime

from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.models import WhatsAppNumber


def take_over(number: WhatsAppNumber, details: NumberDetails, now: datetime) -> None:
    """What Meta tells of the number now; what it does not tell stays."""
    number.figures_at = now.replace(microsecond=0)  # webhooks tell whole seconds
    number.connection.display_address = details.display or number.connection.display_address
    number.connection.display_name = details.verified_name or number.connection.display_name
    number.quality_rating = details.quality_rating or number.quality_rating
    number.messaging_limit = details.messaging_limit or number.messaging_limit
    number.number_status = details.number_status or number.number_status
    number.name_status = details.name_status or number.name_status


def is_news(number: WhatsAppNumber, at: datetime) -> bool:
    """Webhooks come late, twice and in any order; what was read at Meta meanwhile is newer."""
    known = number.figures_at or number.connection.connected_at or number.connection.created_at
    return at >= known
