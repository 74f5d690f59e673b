"""Meta's refusals, as the Graph API words them."""

import secrets
from typing import Any, NamedTuple

from inbox_app.channels.whatsapp.error_codes import Code

Json = dict[str, Any]


class ErrorText(NamedTuple):
    """One error code of Meta's: its HTTP status and its words."""

    http: int
    title: str
    details: str


class SimulatedGraphError(Exception):
    """Raised where a request is refused; becomes Meta's answer."""

    def __init__(self, code: int, details: str | None = None, subcode: int | None = None) -> None:
        super().__init__(code)
        self.code, self.details, self.subcode = code, details, subcode


def error_text(code: int) -> ErrorText:
    """What Meta says with `code`."""
    return _ERRORS.get(code, ErrorText(400, "Something went wrong", "Something went wrong."))


def answer(error: SimulatedGraphError) -> tuple[int, Json]:
    """HTTP status and body."""
    known = error_text(error.code)
    missing, own_words = error.subcode == NOT_FOUND, error.code in _SAY_WHY
    title = error.details if own_words else known.title
    if error.subcode in _OF_TEMPLATES:
        return known.http, {"error": _of_a_template(error, *_OF_TEMPLATES[error.subcode])}
    body: Json = {
        "message": error.details if missing else f"(#{error.code}) {title}",
        "type": "GraphMethodException" if missing else "OAuthException",
        "code": error.code,
        "fbtrace_id": secrets.token_urlsafe(8),
    }
    if not missing and not own_words:
        details = error.details or known.details
        body["error_data"] = {"messaging_product": "whatsapp", "details": details}
    if error.subcode is not None:
        body["error_subcode"] = error.subcode
    if error.code in _TRANSIENT:
        body["is_transient"] = True
    return known.http, {"error": body}


def _of_a_template(error: SimulatedGraphError, title: str, message: str) -> Json:
    """These calls explain themselves to people rather than to programs."""
    return {
        "message": "Invalid parameter",
        "type": "OAuthException",
        "code": error.code,
        "error_subcode": error.subcode,
        "is_transient": False,
        "error_user_title": title,
        "error_user_msg": error.details or message,
        "fbtrace_id": secrets.token_urlsafe(8),
    }


NOT_FOUND = 33


def not_found(object_id: str) -> SimulatedGraphError:
    """No such object, or not for this token: Meta does not say which."""
    words = (
        f"Unsupported post request. Object with ID '{object_id}' does not exist, cannot be "
        "loaded due to missing permissions, or does not support this operation. Please read the "
        "Graph API documentation at https://developers.facebook.com/docs/graph-api"
    )
    return SimulatedGraphError(Code.INVALID_PARAMETER, words, NOT_FOUND)


_OF_TEMPLATES: dict[int | None, tuple[str, str]] = {
    2388019: (
        "Message Template Limit Exceeded",
        "This account has as many message templates as it may have.",
    ),
    2388023: (
        "Message Template Language Is Being Deleted",
        "New content for this language cannot be added while the existing one is deleted.",
    ),
    2388024: (
        "Content in This Language Already Exists",
        "There is already content for this language in this message template.",
    ),
    2388047: ("Invalid Format", "The header has a format that is not allowed."),
    2388040: ("Character Limit Exceeded", "The body has more than 1024 characters."),
    2388072: ("Invalid Format", "The body has too many line breaks or blanks in a row."),
    2388073: ("Invalid Format", "The footer has a format that is not allowed."),
    2388185: ("Verification Needed", "The business must be verified to create this template."),
    2388293: ("Too Many Variables", "The body has too many variables for its length."),
    2388299: ("Invalid Format", "Variables cannot be at the start or end of the template."),
    2593002: ("Message Template Not Found", "The message template wasn't found."),
}
TEMPLATE_SUBCODES = frozenset(code for code in _OF_TEMPLATES if code)

_SAY_WHY = frozenset({Code.CALLBACK_NOT_VERIFIED, Code.CHALLENGE_NOT_MET})
"""What went wrong stands in the message itself."""
_TRANSIENT = frozenset({Code.API_SERVICE, Code.APP_CALL_LIMIT, Code.SERVICE_UNAVAILABLE})
_ERRORS = {
    0: ErrorText(401, "AuthException", "We were unable to authenticate the app user."),
    1: ErrorText(400, "API Unknown", "Invalid request or possible server error."),
    2: ErrorText(503, "API Service", "Temporary due to downtime or due to being overloaded."),
    4: ErrorText(400, "Application request limit reached", "The app has reached its call limit."),
    Code.MEDIA_DOWNLOAD_FAILED: ErrorText(
        400, "Media download error", "Unable to download the media sent by the user."
    ),
    10: ErrorText(403, "Permission Denied", "The permission is not granted or was removed."),
    100: ErrorText(400, "Invalid parameter", "The request has an invalid parameter."),
    190: ErrorText(401, "Invalid OAuth access token", "Your access token has expired."),
    80007: ErrorText(400, "Rate limit issues", "The account has reached its rate limit."),
    Code.THROUGHPUT_REACHED: ErrorText(
        400, "Rate limit hit", "Cloud API message throughput has been reached."
    ),
    Code.SOMETHING_WENT_WRONG: ErrorText(
        500, "Something went wrong", "The message failed to send: unknown error."
    ),
    Code.PARAMETER_MISSING: ErrorText(
        400, "Required parameter is missing", "A required parameter is missing."
    ),
    Code.PARAMETER_NOT_VALID: ErrorText(
        400, "Parameter value is not valid", "A parameter value is not valid."
    ),
    Code.SERVICE_UNAVAILABLE: ErrorText(
        500, "Service unavailable", "A service is temporarily unavailable."
    ),
    Code.RECIPIENT_IS_SENDER: ErrorText(
        400, "Recipient cannot be sender", "Sender and recipient are the same."
    ),
    Code.UNDELIVERABLE: ErrorText(400, "Message undeliverable", "Message Undeliverable."),
    Code.RECIPIENT_NOT_ALLOWED: ErrorText(
        400,
        "Recipient phone number not in allowed list",
        "Add the recipient phone number to the recipient list and try again.",
    ),
    Code.ACCOUNT_LOCKED: ErrorText(
        403, "Account has been locked", "The account was restricted or disabled."
    ),
    Code.PAYMENT_PROBLEM: ErrorText(
        400, "Business eligibility payment issue", "There is a payment problem."
    ),
    Code.REENGAGEMENT: ErrorText(
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last "
        "replied to this number.",
    ),
    Code.SPAM_RATE_LIMIT: ErrorText(
        400, "Spam rate limit hit", "Too many messages were blocked or flagged."
    ),
    Code.UNSUPPORTED_MESSAGE_TYPE: ErrorText(
        400, "Unsupported message type", "Message type is not currently supported."
    ),
    Code.METHOD_NOT_ALLOWED: ErrorText(
        400, "Method not allowed", "Only marketing messages are sent through this endpoint."
    ),
    Code.PAIR_RATE_LIMIT: ErrorText(
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Too many messages sent from the sender phone number to the same recipient in a short "
        "period of time.",
    ),
    Code.ACCOUNT_IN_MAINTENANCE: ErrorText(
        500, "Account in maintenance mode", "The account is in maintenance mode."
    ),
    Code.PIN_MISMATCH: ErrorText(
        400, "Two step verification PIN Mismatch", "The PIN is not correct."
    ),
    Code.NUMBER_NOT_VERIFIED: ErrorText(
        400, "Phone number re-verification needed", "The number must be verified before it is used."
    ),
    Code.PIN_TOO_OFTEN: ErrorText(
        400, "Too Many two step verification PIN Guesses", "Try again later."
    ),
    Code.REGISTERED_TOO_OFTEN: ErrorText(
        400, "Account register deregister rate limit exceeded", "Try again later."
    ),
    Code.BLOCKED_IN_PART: ErrorText(
        400,
        "Failed to block/unblock some users",
        "Users can be blocked only within 24 hours of their last message to the business.",
    ),
    Code.BLOCK_LIST_FULL: ErrorText(
        400, "Blocklist limit reached", "The list of blocked users is full: 64,000."
    ),
    Code.BLOCK_LIST_CONCURRENT: ErrorText(
        400, "Concurrent update", "The list of blocked users is being changed."
    ),
    Code.BLOCK_LIST_INTERNAL: ErrorText(
        500, "Internal error", "The list of blocked users could not be changed."
    ),
    Code.MARKETING_OPTED_OUT: ErrorText(
        400, "User's number is opted out", "The user has chosen to stop marketing messages."
    ),
    Code.CURSOR_EXPIRED: ErrorText(400, "Invalid cursor", "The cursor is invalid or has expired."),
    Code.TEMPLATE_PARAMETER_COUNT: ErrorText(
        400, "Template Param Count Mismatch", "The number of parameters does not match."
    ),
    Code.TEMPLATE_MISSING: ErrorText(
        404,
        "Template does not exist",
        "The template name does not exist in the translation, or it is not approved.",
    ),
    Code.TEMPLATE_PAUSED: ErrorText(
        400, "Template is paused", "The template is paused due to low quality."
    ),
    Code.TEMPLATE_DISABLED: ErrorText(
        400, "Template is disabled", "The template is disabled due to low quality."
    ),
    Code.NUMBER_NOT_REGISTERED: ErrorText(
        400, "Phone number not registered", "The number is not registered."
    ),
}
