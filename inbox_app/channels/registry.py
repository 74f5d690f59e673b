"""The channels of this process, by the key that the tables have. Filled where the parts meet."""

from inbox_app.channels.base import Channel

_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """From now on it answers for its key, in the place of one registered before."""
    _channels[channel.key] = channel


def channel_of(key: str) -> Channel:
    """Raises ``KeyError`` for a key that nobody registered."""
    return _channels[key]


def channels() -> tuple[Channel, ...]:
    """All of them, in the order in which they were registered."""
    return tuple(_channels.values())


def phone_channel() -> Channel:
    """By which a number that was typed is written to: the first that writes to phones."""
    return next(channel for channel in channels() if channel.writes_to_phones)
