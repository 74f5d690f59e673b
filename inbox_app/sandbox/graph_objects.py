"""What the Graph API tells of business accounts."""

from inbox_app.sandbox.graph_errors import Json
from inbox_app.sandbox.people import BUSINESS_NAME


def waba(waba_id: str) -> Json:
    """A business account."""
    return {
        "id": waba_id,
        "name": BUSINESS_NAME,
        "timezone_id": "71",
        "account_review_status": "APPROVED",
        "message_template_namespace": "00000000_0000_0000_0000_000000000000",
    }
