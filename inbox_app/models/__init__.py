"""Tables, one noun a file. Importing this package fills ``SQLModel.metadata`` with all of them."""

import inbox_app.models.webhook_notes  # noqa: F401 # pyright: ignore[reportUnusedImport] - listens
from inbox_app.models.accommodation import Accommodation, AccommodationTerm
from inbox_app.models.account import Account, Lease
from inbox_app.models.actor import (
    Actor,
    ActorAccommodation,
    ActorLink,
    ActorMerge,
    ActorPhone,
    ActorTerm,
)
from inbox_app.models.address import Address, AddressAlias, AddressTerm, LastInbound
from inbox_app.models.api_key import ApiKey, IdempotentAnswer
from inbox_app.models.audit import AuditEntry
from inbox_app.models.connection import Connection, ConnectionState
from inbox_app.models.connection_notice import ConnectionNotice
from inbox_app.models.connection_setup import ConnectionSetup, SetupState, SignupMethod
from inbox_app.models.conversation import Conversation, Draft
from inbox_app.models.data_import import DataImport, DataImportLine, ImportMapping
from inbox_app.models.inbound_event import EventState, InboundEvent
from inbox_app.models.label import ConversationLabel, Label, SavedView
from inbox_app.models.media import Media, MediaState
from inbox_app.models.message import EarlyStatus, Message
from inbox_app.models.outbox import Outbox, OutboxState
from inbox_app.models.password_link import PasswordLink
from inbox_app.models.reservation import Reservation, ReservationGuest
from inbox_app.models.saved_reply import SavedReply, SavedReplyText
from inbox_app.models.stay_calendar import CalendarEntry, StayCalendar
from inbox_app.models.template import Template
from inbox_app.models.upload import Upload
from inbox_app.models.user import Role, Session, User
from inbox_app.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent
from inbox_app.models.whatsapp_number import WhatsAppNumber
from inbox_app.models.withdrawn_send import WithdrawnSend

__all__ = [
    "Accommodation",
    "AccommodationTerm",
    "Account",
    "Actor",
    "ActorAccommodation",
    "ActorLink",
    "ActorMerge",
    "ActorPhone",
    "ActorTerm",
    "Address",
    "AddressAlias",
    "AddressTerm",
    "ApiKey",
    "AuditEntry",
    "CalendarEntry",
    "Connection",
    "ConnectionNotice",
    "ConnectionSetup",
    "ConnectionState",
    "Conversation",
    "ConversationLabel",
    "DataImport",
    "DataImportLine",
    "Draft",
    "EarlyStatus",
    "EventState",
    "IdempotentAnswer",
    "ImportMapping",
    "InboundEvent",
    "Label",
    "LastInbound",
    "Lease",
    "Media",
    "MediaState",
    "Message",
    "Outbox",
    "OutboxState",
    "PasswordLink",
    "Reservation",
    "ReservationGuest",
    "Role",
    "SavedReply",
    "SavedReplyText",
    "SavedView",
    "Session",
    "SetupState",
    "SignupMethod",
    "StayCalendar",
    "Template",
    "Upload",
    "User",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
    "WhatsAppNumber",
    "WithdrawnSend",
]
