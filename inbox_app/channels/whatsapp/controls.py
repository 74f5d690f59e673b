"""Which control stands at the foot of a conversation (docs/requirements.md B), on screen and
server."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.domain import reply_window
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import (
    FREE_FORM,
    Control,
    Decision,
    Facts,
    PhoneOnFile,
    Reason,
    is_own,
    proposal,
)


def decide(facts: Facts) -> Decision:
    row = next(row for row in TABLE if row.holds(facts))
    closed_at = _closed_at(facts)
    return Decision(
        control=row.control,
        reason=row.reason,
        window=WindowState.CLOSED
        if closed_at
        else reply_window.state(facts.last_inbound_at, facts.now, WINDOW),
        closes_at=closed_at or reply_window.closes_at(facts.last_inbound_at, WINDOW),
        template_sent_at=_only(row, Reason.TEMPLATE_WAITING, facts.template_sent_at),
        proposal=_proposal(facts) if row.reason is Reason.PHONE_UNUSABLE else None,
        countries=facts.countries,
        choices=facts.phones if row.control is Control.ADD_PHONE else (),
        formats=_FORMATS.get(row.control, frozenset()),
    )


_FORMATS = {
    Control.COMPOSER: FREE_FORM | {MessageKind.TEMPLATE},
    Control.SEND_TEMPLATE: frozenset({MessageKind.TEMPLATE}),
}


class Row(NamedTuple):
    holds: Callable[[Facts], bool]
    reason: Reason
    control: Control


def _not_connected(facts: Facts) -> bool:
    return not facts.connected


def _credentials_refused(facts: Facts) -> bool:
    return facts.credentials_refused


def _group(facts: Facts) -> bool:
    return facts.group


def _erased(facts: Facts) -> bool:
    return facts.erased


def _blocked(facts: Facts) -> bool:
    return facts.blocked


def _no_phone(facts: Facts) -> bool:
    return not facts.has_address and not facts.phones


def _phone_unusable(facts: Facts) -> bool:
    """The chosen phone is of no use, or there is no choice and none is of any."""
    candidates = _chosen(facts) or facts.phones
    return not facts.has_address and not any(_usable(phone, facts) for phone in candidates)


def _phone_not_chosen(facts: Facts) -> bool:
    return not facts.has_address and len(facts.phones) > 1 and not _chosen(facts)


def _undeliverable(facts: Facts) -> bool:
    return _since_last_inbound(facts.undeliverable_at, facts)


def _template_waiting(facts: Facts) -> bool:
    """A template sent while the window was open waits for nothing."""
    if facts.template_sent_at is None:
        return False
    if facts.last_inbound_at is None:
        return True
    closed_at = _closed_at(facts)
    return closed_at is not None and facts.template_sent_at >= closed_at


def _reengagement_needed(facts: Facts) -> bool:
    return _since_last_inbound(facts.reengagement_at, facts)


def _in_state(state: WindowState) -> Callable[[Facts], bool]:
    return lambda facts: reply_window.state(facts.last_inbound_at, facts.now, WINDOW) is state


TABLE = (
    Row(_not_connected, Reason.NOT_CONNECTED, Control.CONNECT_ACCOUNT),  # B1
    Row(_credentials_refused, Reason.CREDENTIALS_REFUSED, Control.RECONNECT_ACCOUNT),  # B2
    Row(_group, Reason.GROUP, Control.BLOCKED),
    Row(_erased, Reason.ERASED, Control.BLOCKED),
    Row(_blocked, Reason.BLOCKED_BY_US, Control.BLOCKED),  # B3
    Row(_no_phone, Reason.NO_PHONE, Control.ADD_PHONE),  # B4
    Row(_phone_unusable, Reason.PHONE_UNUSABLE, Control.ADD_PHONE),  # B5
    Row(_phone_not_chosen, Reason.PHONE_NOT_CHOSEN, Control.ADD_PHONE),  # B6
    Row(_undeliverable, Reason.UNDELIVERABLE, Control.FIX_NUMBER),  # B7
    Row(_template_waiting, Reason.TEMPLATE_WAITING, Control.SEND_TEMPLATE),  # B8
    Row(_reengagement_needed, Reason.REENGAGEMENT_NEEDED, Control.SEND_TEMPLATE),  # B9
    Row(_in_state(WindowState.NEVER), Reason.NEVER_WROTE, Control.SEND_TEMPLATE),  # B10
    Row(_in_state(WindowState.CLOSED), Reason.WINDOW_EXPIRED, Control.SEND_TEMPLATE),  # B11
    Row(_in_state(WindowState.OPEN), Reason.WINDOW_OPEN, Control.COMPOSER),  # B12
)
"""The first row that holds decides. Groups and what was said with who
is erased are read-only, which the blocked control says."""


def _since_last_inbound(moment: datetime | None, facts: Facts) -> bool:
    """Meta's times are whole seconds: in the same one we answered, rather than were answered."""
    if moment is None:
        return False
    return facts.last_inbound_at is None or facts.last_inbound_at <= moment


def _closed_at(facts: Facts) -> datetime | None:
    """When the window that there was closed: by the clock, or because Meta said so before."""
    by_clock = reply_window.closes_at(facts.last_inbound_at, WINDOW)
    if by_clock is None:
        return None
    by_meta = facts.reengagement_at if _reengagement_needed(facts) else None
    moments = [moment for moment in (by_clock, by_meta) if moment and moment <= facts.now]
    return min(moments, default=None)


def _chosen(facts: Facts) -> tuple[PhoneOnFile, ...]:
    return tuple(phone for phone in facts.phones if phone.chosen)


def _usable(phone: PhoneOnFile, facts: Facts) -> bool:
    return phone.e164 is not None and not is_own(phone.e164, facts)


def _proposal(facts: Facts) -> str | None:
    found = (proposal(phone.raw, facts) for phone in _chosen(facts) or facts.phones)
    return next(filter(None, found), None)


def _only(row: Row, reason: Reason, value: datetime | None) -> datetime | None:
    return value if row.reason is reason else None
