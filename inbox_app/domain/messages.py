"""Kinds of messages, delivery statuses that only advance, previews."""

from enum import StrEnum


class Direction(StrEnum):
    """Seen from the company."""

    IN = "in"
    OUT = "out"


class MessageKind(StrEnum):
    """What a message is to the people who read it."""

    TEXT = "text"
    IMAGE = "image"
    DOCUMENT = "document"
    VIDEO = "video"
    AUDIO = "audio"
    STICKER = "sticker"
    GIF = "gif"
    LOCATION = "location"
    CONTACTS = "contacts"
    TEMPLATE = "template"
    UNSUPPORTED = "unsupported"
    SYSTEM = "system"


class DeliveryStatus(StrEnum):
    """How far an outgoing message has come."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Where an outgoing message was written: on our pages, through the API, in the phone's app."""

    PM = "pm"
    API = "api"
    APP = "app"
