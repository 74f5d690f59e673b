"""Tables, one noun a file. Importing this package fills ``SQLModel.metadata`` with all of them."""

import inbox_app.models.notifications.notification_notes  # pyright: ignore[reportUnusedImport] - listens
import inbox_app.models.webhooks.webhook_notes  # noqa: F401 # pyright: ignore[reportUnusedImport] - listens
from inbox_app.models.accounts.account import Account, Lease
from inbox_app.models.accounts.api_key import ApiKey, IdempotentAnswer
from inbox_app.models.accounts.assignment_rule import AssignmentRule
from inbox_app.models.accounts.audit import AuditEntry
from inbox_app.models.accounts.away import AwaySettings
from inbox_app.models.accounts.mail import Mail
from inbox_app.models.accounts.password_link import PasswordLink
from inbox_app.models.accounts.retention import Retention
from inbox_app.models.accounts.two_factor import RecoveryCode, TwoFactor
from inbox_app.models.accounts.user import Role, Session, User
from inbox_app.models.connecting.connection import Connection, ConnectionState
from inbox_app.models.connecting.connection_notice import ConnectionNotice
from inbox_app.models.connecting.connection_setup import ConnectionSetup, SetupState, SignupMethod
from inbox_app.models.connecting.inbound_event import EventState, InboundEvent
from inbox_app.models.connecting.template import Template
from inbox_app.models.connecting.whatsapp_number import WhatsAppNumber
from inbox_app.models.conversations.conversation import Conversation, Draft
from inbox_app.models.conversations.label import ConversationLabel, Label, SavedView
from inbox_app.models.conversations.media import Media, MediaState
from inbox_app.models.conversations.mention import Mention
from inbox_app.models.conversations.message import EarlyStatus, Message
from inbox_app.models.conversations.outbox import Outbox, OutboxState
from inbox_app.models.conversations.unseen import Unseen
from inbox_app.models.conversations.upload import Upload
from inbox_app.models.conversations.withdrawn_send import WithdrawnSend
from inbox_app.models.data_import import DataImport, DataImportLine, ImportMapping
from inbox_app.models.figures import DailyFigure, FiguresMark, OpenWait, WeeklyFigure
from inbox_app.models.notifications.notification import (
    Notification,
    NotificationPreference,
    NotifiedDevice,
    Push,
)
from inbox_app.models.notifications.urgent_mail import UrgentMail
from inbox_app.models.people.actor import (
    Actor,
    ActorAccommodation,
    ActorLink,
    ActorMerge,
    ActorPhone,
    ActorTerm,
)
from inbox_app.models.people.actor_label import ActorLabel
from inbox_app.models.people.address import Address, AddressAlias, AddressTerm, LastInbound
from inbox_app.models.saved_reply import SavedReply, SavedReplyText
from inbox_app.models.stays.accommodation import Accommodation, AccommodationTerm
from inbox_app.models.stays.reservation import Reservation, ReservationGuest
from inbox_app.models.stays.stay_calendar import CalendarEntry, StayCalendar
from inbox_app.models.stays.task import Task
from inbox_app.models.webhooks.webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent

__all__ = [
    "Accommodation",
    "AccommodationTerm",
    "Account",
    "Actor",
    "ActorAccommodation",
    "ActorLabel",
    "ActorLink",
    "ActorMerge",
    "ActorPhone",
    "ActorTerm",
    "Address",
    "AddressAlias",
    "AddressTerm",
    "ApiKey",
    "AssignmentRule",
    "AuditEntry",
    "AwaySettings",
    "CalendarEntry",
    "Connection",
    "ConnectionNotice",
    "ConnectionSetup",
    "ConnectionState",
    "Conversation",
    "ConversationLabel",
    "DailyFigure",
    "DataImport",
    "DataImportLine",
    "Draft",
    "EarlyStatus",
    "EventState",
    "FiguresMark",
    "IdempotentAnswer",
    "ImportMapping",
    "InboundEvent",
    "Label",
    "LastInbound",
    "Lease",
    "Mail",
    "Media",
    "MediaState",
    "Mention",
    "Message",
    "Notification",
    "NotificationPreference",
    "NotifiedDevice",
    "OpenWait",
    "Outbox",
    "OutboxState",
    "PasswordLink",
    "Push",
    "RecoveryCode",
    "Reservation",
    "ReservationGuest",
    "Retention",
    "Role",
    "SavedReply",
    "SavedReplyText",
    "SavedView",
    "Session",
    "SetupState",
    "SignupMethod",
    "StayCalendar",
    "Task",
    "Template",
    "TwoFactor",
    "Unseen",
    "Upload",
    "UrgentMail",
    "User",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
    "WeeklyFigure",
    "WhatsAppNumber",
    "WithdrawnSend",
]
