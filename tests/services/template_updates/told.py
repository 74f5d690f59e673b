"""What Meta tells of a template."""

from datetime import datetime, timedelta
from typing import Any

from inbox_app.models import WhatsAppNumber
from tests.support.factories import WABA_ID
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import post_changes_of

ID = 1689556908129832
LATER = timedelta(minutes=1)


def tells(field: str, at: datetime | None, waba_id: str = WABA_ID, **value: Any) -> bytes:
    ids = {
        "message_template_id": ID,
        "message_template_name": "check_in",
        "message_template_language": "it",
    }
    return post_changes_of(waba_id, at, {"field": field, "value": ids | value})


def status(event: str, at: datetime | None, **more: Any) -> bytes:
    return tells("message_template_status_update", at, event=event, **more)


async def wanted(inbox: Inbox) -> bool:
    return (await inbox.only(WhatsAppNumber)).templates_wanted_at is not None
