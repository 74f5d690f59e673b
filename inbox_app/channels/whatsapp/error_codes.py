"""Meta's error codes by name, each with what it asks for: the only place that knows a number.

The names are Meta's own or shortened from them (docs/whatsapp.md §11). A code that is neither in
``REMEDIES`` nor in a family asks for nothing that could help: INVALID.
"""

from collections.abc import Mapping
from enum import IntEnum

from inbox_app.domain.delivery.failures import Remedy


class Code(IntEnum):
    """The codes that something here depends on, or that Meta lists for what we call."""

    AUTH_EXCEPTION = 0
    API_UNKNOWN = 1
    API_SERVICE = 2
    API_METHOD = 3
    APP_CALL_LIMIT = 4
    PERMISSION_DENIED = 10
    USER_CALL_LIMIT = 17
    PAGE_CALL_LIMIT = 32
    PARAMETER_VALUE = 33
    INVALID_PARAMETER = 100
    APP_INVALID = 101
    SESSION_EXPIRED = 102
    TOKEN_INVALID = 190
    BLOCKED_FOR_POLICY = 368
    CALLS_TOO_FAST = 613
    CALLBACK_NOT_VERIFIED = 2200
    CHALLENGE_NOT_MET = 2201
    UNKNOWN_PATH = 2500
    WABA_RATE_LIMIT = 80007
    WABA_MANAGEMENT_LIMIT = 80008
    THROUGHPUT_REACHED = 130429
    IN_EXPERIMENT = 130472
    COUNTRY_RESTRICTED = 130497
    SOMETHING_WENT_WRONG = 131000
    ACCESS_DENIED = 131005
    PARAMETER_MISSING = 131008
    PARAMETER_NOT_VALID = 131009
    SERVICE_UNAVAILABLE = 131016
    RECIPIENT_IS_SENDER = 131021
    UNDELIVERABLE = 131026
    RECIPIENT_NOT_ALLOWED = 131030
    ACCOUNT_LOCKED = 131031
    DISPLAY_NAME_NEEDED = 131037
    PAYMENT_PROBLEM = 131042
    CALLING_PAYMENT_PROBLEM = 131044
    CERTIFICATE_PROBLEM = 131045
    REENGAGEMENT = 131047
    """Free text needs a template first: to Meta the window is closed."""
    SPAM_RATE_LIMIT = 131048
    ECOSYSTEM_HEALTH = 131049
    MARKETING_OPTED_OUT = 131050
    UNSUPPORTED_MESSAGE_TYPE = 131051
    MEDIA_DOWNLOAD_FAILED = 131052
    MEDIA_UPLOAD_FAILED = 131053
    METHOD_NOT_ALLOWED = 131055
    PAIR_RATE_LIMIT = 131056
    ACCOUNT_IN_MAINTENANCE = 131057
    CURSOR_EXPIRED = 131059
    TYPE_NOT_ALLOWED_TO_USER_ID = 131062
    MARKETING_DISABLED = 131063
    CLASSIFICATION_VIOLATIONS = 131064
    TERMS_NOT_ACCEPTED = 131203
    GROUPS_RATE_LIMIT = 131207
    TEMPLATE_PARAMETER_COUNT = 132000
    TEMPLATE_MISSING = 132001
    TEMPLATE_TEXT_TOO_LONG = 132005
    TEMPLATE_CHARACTER_POLICY = 132007
    TEMPLATE_PARAMETER_VALUE = 132008
    TEMPLATE_PARAMETER_FORMAT = 132012
    TEMPLATE_PAUSED = 132015
    TEMPLATE_DISABLED = 132016
    TEMPLATE_PARAMETER_INVALID = 132018
    FLOW_BLOCKED = 132068
    FLOW_THROTTLED = 132069
    INCOMPLETE_DEREGISTRATION = 133000
    SERVER_UNAVAILABLE = 133004
    PIN_MISMATCH = 133005
    NUMBER_NOT_VERIFIED = 133006
    PIN_TOO_OFTEN = 133008
    PIN_TOO_FAST = 133009
    NUMBER_NOT_REGISTERED = 133010
    DELETED_RECENTLY = 133015
    REGISTERED_TOO_OFTEN = 133016
    PAYMENT_TERMS = 134011
    MARKETING_TERMS = 134100
    MARKETING_NOT_ELIGIBLE = 134101
    MARKETING_INTERNAL = 134102
    USER_ERROR = 135000
    REQUEST_CODE_FAILED = 136024
    VERIFY_CODE_FAILED = 136025
    IDENTITY_CHANGED = 137000
    BLOCKED_IN_PART = 139100
    BLOCK_LIST_FULL = 139101
    BLOCK_LIST_CONCURRENT = 139102
    BLOCK_LIST_INTERNAL = 139103


class Subcode(IntEnum):
    """Those that change what their code asks for."""

    NO_SUCH_OBJECT = 33
    TOO_MANY_TEMPLATES = 2388019
    TEMPLATE_NAME_DELETED = 2388023
    """The language of a template that is being deleted."""
    TEMPLATE_EXISTS = 2388024
    TEMPLATE_TOO_LONG = 2388040
    TEMPLATE_HEADER_FORMAT = 2388047
    TEMPLATE_BODY_FORMAT = 2388072
    TEMPLATE_FOOTER_FORMAT = 2388073
    BUSINESS_NOT_VERIFIED = 2388185
    TEMPLATE_VARIABLE_RATIO = 2388293
    TEMPLATE_VARIABLE_AT_EDGE = 2388299
    TEMPLATE_NOT_FOUND = 2593002


def _each(remedy: Remedy, *codes: Code) -> dict[int, Remedy]:
    return dict.fromkeys(codes, remedy)


REMEDIES: Mapping[int, Remedy] = {
    **_each(
        Remedy.RETRY,
        Code.API_UNKNOWN,
        Code.API_SERVICE,
        Code.APP_CALL_LIMIT,
        Code.USER_CALL_LIMIT,
        Code.PAGE_CALL_LIMIT,
        Code.CALLS_TOO_FAST,
        Code.WABA_RATE_LIMIT,
        Code.WABA_MANAGEMENT_LIMIT,
        Code.THROUGHPUT_REACHED,
        Code.SOMETHING_WENT_WRONG,
        Code.SERVICE_UNAVAILABLE,
        Code.ACCOUNT_IN_MAINTENANCE,
        Code.CURSOR_EXPIRED,
        Code.GROUPS_RATE_LIMIT,
        Code.INCOMPLETE_DEREGISTRATION,
        Code.SERVER_UNAVAILABLE,
        Code.DELETED_RECENTLY,
        Code.BLOCK_LIST_CONCURRENT,
        Code.BLOCK_LIST_INTERNAL,
    ),
    **_each(Remedy.PAIR_LIMITED, Code.PAIR_RATE_LIMIT),
    **_each(
        Remedy.RETRY_LATER,
        Code.BLOCKED_FOR_POLICY,
        Code.ACCOUNT_LOCKED,
        Code.DISPLAY_NAME_NEEDED,
        Code.PAYMENT_PROBLEM,
        Code.CALLING_PAYMENT_PROBLEM,
        Code.CERTIFICATE_PROBLEM,
        Code.SPAM_RATE_LIMIT,
        Code.ECOSYSTEM_HEALTH,
        Code.CLASSIFICATION_VIOLATIONS,
        Code.TEMPLATE_PAUSED,
        Code.FLOW_BLOCKED,
        Code.FLOW_THROTTLED,
        Code.PIN_TOO_OFTEN,
        Code.PIN_TOO_FAST,
        Code.NUMBER_NOT_REGISTERED,
        Code.REGISTERED_TOO_OFTEN,
        Code.REQUEST_CODE_FAILED,
        Code.VERIFY_CODE_FAILED,
    ),
    **_each(Remedy.WINDOW_CLOSED, Code.REENGAGEMENT),
    **_each(Remedy.UNDELIVERABLE, Code.UNDELIVERABLE),
    **_each(Remedy.OWN_ADDRESS, Code.RECIPIENT_IS_SENDER),
    **_each(Remedy.NOT_LISTED, Code.RECIPIENT_NOT_ALLOWED),
    **_each(Remedy.OPTED_OUT, Code.MARKETING_OPTED_OUT),
    **_each(
        Remedy.RECONNECT,
        Code.AUTH_EXCEPTION,
        Code.API_METHOD,
        Code.PERMISSION_DENIED,
        Code.SESSION_EXPIRED,
        Code.TOKEN_INVALID,
        Code.ACCESS_DENIED,
    ),
    **_each(
        Remedy.INVALID,
        Code.PARAMETER_VALUE,
        Code.INVALID_PARAMETER,
        Code.PARAMETER_MISSING,
        Code.PARAMETER_NOT_VALID,
        Code.UNSUPPORTED_MESSAGE_TYPE,
        Code.MEDIA_UPLOAD_FAILED,
        Code.TYPE_NOT_ALLOWED_TO_USER_ID,
    ),
}

BY_SUBCODE: Mapping[tuple[int, int], Remedy] = {
    **dict.fromkeys(
        (
            (Code.INVALID_PARAMETER, Subcode.NO_SUCH_OBJECT),
            (Code.INVALID_PARAMETER, Subcode.TEMPLATE_NOT_FOUND),
        ),
        Remedy.NOT_FOUND,
    ),
    (Code.PERMISSION_DENIED, Subcode.BUSINESS_NOT_VERIFIED): Remedy.FIX_TEMPLATE,
    **dict.fromkeys(
        (
            (Code.INVALID_PARAMETER, subcode)
            for subcode in (
                Subcode.TOO_MANY_TEMPLATES,
                Subcode.TEMPLATE_NAME_DELETED,
                Subcode.TEMPLATE_EXISTS,
                Subcode.TEMPLATE_TOO_LONG,
                Subcode.TEMPLATE_HEADER_FORMAT,
                Subcode.TEMPLATE_BODY_FORMAT,
                Subcode.TEMPLATE_FOOTER_FORMAT,
                Subcode.TEMPLATE_VARIABLE_RATIO,
                Subcode.TEMPLATE_VARIABLE_AT_EDGE,
            )
        ),
        Remedy.FIX_TEMPLATE,
    ),
}

FAMILIES: tuple[tuple[range, Remedy], ...] = (
    (range(200, 300), Remedy.RECONNECT),
    (range(132000, 133000), Remedy.FIX_TEMPLATE),
)
"""Permissions; templates."""

WHOLE_NUMBER = frozenset({Code.APP_CALL_LIMIT, Code.WABA_RATE_LIMIT, Code.THROUGHPUT_REACHED})
"""Limits of the business number or above: they concern everybody it writes to."""

TEMPLATE_DIFFERS = frozenset(
    {
        Code.TEMPLATE_PARAMETER_COUNT,
        Code.TEMPLATE_MISSING,
        Code.TEMPLATE_TEXT_TOO_LONG,
        Code.TEMPLATE_CHARACTER_POLICY,
        Code.TEMPLATE_PAUSED,
        Code.TEMPLATE_DISABLED,
        Code.TEMPLATE_PARAMETER_INVALID,
    }
)
"""The template is another at Meta's than here."""

NO_MARKETING_ENDPOINT = frozenset(
    {
        *(Code.UNKNOWN_PATH, Code.METHOD_NOT_ALLOWED, Code.MARKETING_TERMS),
        *(Code.MARKETING_NOT_ELIGIBLE, Code.MARKETING_INTERNAL),
    }
)
"""Marketing has to take the common way: terms not accepted, a number that lives in the phone app
too, a version without that endpoint (docs/whatsapp.md §8)."""

BAD_TOKEN = frozenset({Code.AUTH_EXCEPTION, Code.SESSION_EXPIRED, Code.TOKEN_INVALID})

NOT_RECENT = frozenset({Code.REENGAGEMENT, Code.BLOCKED_IN_PART})
"""Who has not written within 24 hours cannot be blocked; Meta tells it with either."""


def remedy_of(code: int | None, subcode: int | None = None) -> Remedy:
    """What a code asks for, wherever it came: in an answer or in a `failed` status."""
    if code is None:
        return Remedy.INVALID
    if (special := BY_SUBCODE.get((code, subcode or 0))) is not None:
        return special
    if (known := REMEDIES.get(code)) is not None:
        return known
    family = (remedy for codes, remedy in FAMILIES if code in codes)
    return next(family, Remedy.INVALID)
