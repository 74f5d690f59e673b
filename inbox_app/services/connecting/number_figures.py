"""How a connected number fares: what was read of it at Meta, and which news are newer."""

from datetime import datetime

from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.models import Connection


def take_over(connection: Connection, details: NumberDetails, now: datetime) -> None:
    """What Meta tells of the number now; what it does not tell stays."""
    connection.figures_at = now.replace(microsecond=0)  # webhooks tell whole seconds
    connection.display_phone_number = details.display or connection.display_phone_number
    connection.verified_name = details.verified_name or connection.verified_name
    connection.quality_rating = details.quality_rating or connection.quality_rating
    connection.messaging_limit = details.messaging_limit or connection.messaging_limit
    connection.number_status = details.number_status or connection.number_status
    connection.name_status = details.name_status or connection.name_status


def is_news(connection: Connection, at: datetime) -> bool:
    """Webhooks come late, twice and in any order; what was read at Meta meanwhile is newer."""
    known = connection.figures_at or connection.connected_at or connection.created_at
    return at >= known
