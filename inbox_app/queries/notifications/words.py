"""A notification in somebody's language, with as much of it as they let stand on a screen (N2)."""

from inbox_app.catalogues import text_in
from inbox_app.domain.messages import MessageKind, clean_line
from inbox_app.domain.notifications import LONGEST_BODY, NotificationKind, Shows, Sound, tag_of
from inbox_app.queries.notifications.facts import Facts
from inbox_app.queries.notifications.preferences import Hearer
from inbox_app.queries.notifications.rows import NoticeRow


def notice(told: Facts, hearer: Hearer) -> NoticeRow:
    waits = told.unread_by(hearer.user_id)
    title, body = _words(told, waits, hearer.language, hearer.wanted.shows)
    return NoticeRow(
        id=told.id,
        kind=told.kind.value,
        tag=tag_of(told.kind, told.conversation_id),
        title=title,
        body=clean_line(body, LONGEST_BODY),
        url=_url(told),
        silent=hearer.wanted.sound is Sound.NONE and told.kind is not NotificationKind.URGENT,
    )


def _url(told: Facts) -> str:
    if told.conversation_id:
        return f"/inbox/{told.conversation_id}"
    return "/" if told.kind is NotificationKind.ASSIGNED else "/settings"


def _words(told: Facts, waits: int, language: str, shows: Shows) -> tuple[str, str]:
    title = _title(told, waits, language, shows)
    match told.kind:
        case NotificationKind.CONNECTION:
            return (
                text_in(language, "Your number is no longer connected"),
                text_in(language, "Nothing goes out until an administrator reconnects it."),
            )
        case NotificationKind.PAYMENT:
            return (
                text_in(language, "No payment method"),
                text_in(language, "A message was not delivered. An administrator can help."),
            )
        case NotificationKind.CLOSING:
            within = text_in(language, "Waiting for an answer: the window closes within the hour.")
            return title, within
        case NotificationKind.MENTION:
            return title, _mentioned(told, language, shows)
        case NotificationKind.URGENT:
            if shows is not Shows.TEXT:
                return title, text_in(language, "Urgent, out of hours.")
            urgent = text_in(language, "Urgent: {words}").replace("{words}", told.text)
            return title, urgent
        case NotificationKind.ASSIGNED:
            if told.conversation_id is None:
                several = text_in(language, "Several conversations were assigned to you.")
                return text_in(language, "Inbox"), several
            mine = text_in(language, "This conversation was assigned to you.")
            return title, mine
        case NotificationKind.MESSAGE:
            shown = shows is Shows.TEXT
            body = _said(told, language) if shown else text_in(language, "New message")
            return title, body


def _title(told: Facts, waits: int, language: str, shows: Shows) -> str:
    """Whoever wrote, and how much waits there."""
    if shows is Shows.NOTHING or not told.name:
        return text_in(language, "Inbox")
    counts = told.kind is NotificationKind.MESSAGE and waits > 1
    return f"{told.name} ({waits})" if counts else told.name


def _mentioned(told: Facts, language: str, shows: Shows) -> str:
    """By whom, and in which words."""
    if shows is not Shows.TEXT or not told.author:
        return text_in(language, "You are mentioned in an internal note.")
    by = text_in(language, "{name} mentioned you: {words}")
    return by.replace("{words}", told.text).replace("{name}", told.author, 1)


def _said(told: Facts, language: str) -> str:
    return told.text or _kind_word(told.message_kind, language)


def _kind_word(kind: MessageKind | None, language: str) -> str:
    match kind:
        case MessageKind.IMAGE:
            return text_in(language, "Photo")
        case MessageKind.DOCUMENT:
            return text_in(language, "Document")
        case MessageKind.VIDEO:
            return text_in(language, "Video")
        case MessageKind.GIF:
            return text_in(language, "GIF")
        case MessageKind.AUDIO:
            return text_in(language, "Audio")
        case MessageKind.STICKER:
            return text_in(language, "Sticker")
        case MessageKind.LOCATION:
            return text_in(language, "Location")
        case MessageKind.CONTACTS:
            return text_in(language, "Contact")
        case _:
            return text_in(language, "New message")
