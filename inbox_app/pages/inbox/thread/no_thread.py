"""What the centre panel's state holds while no thread is open."""

from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.queries.inbox.rows import FootRow
from inbox_app.queries.thread.rows import LandingRow, ThreadHeader

NOBODY = ThreadHeader(
    id="",
    channel="",
    channel_name="",
    window_length=0,
    can_block=False,
    name="",
    name_is_number=False,
    initials="",
    kind="unknown",
    profile_name="",
    phone="",
    reservation_code="",
    has_address=False,
    group=False,
    blocked=False,
    marketing_stopped=False,
    archived=False,
    to_do=False,
    snooze="",
    snoozed_until=0,
    assignee=ColleagueRow(id="", name="", initials=""),
    language="",
    tasks=0,
    tasks_answered=False,
)
AT_UNREAD = LandingRow(place="unread", message="", count=0)
NO_FOOT = FootRow(
    control="",
    reason="",
    window="none",
    formats=[],
    most_caption=0,
    counted=False,
    closes_at=0,
    closed_at=0,
    template_sent_at=0,
    may_connect=False,
    proposal="",
    phones=[],
    retry="",
    may_retry=[],
)
