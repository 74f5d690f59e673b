"""What people are told of each of Meta's codes that a send can fail with (M6)."""

from collections.abc import Mapping

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.domain.delivery.failures import FailureReason


def reason_of(code: int | None) -> FailureReason:
    """By the code itself, else by its family (docs/whatsapp.md §11)."""
    if code is None:
        return FailureReason.OTHER
    if (known := REASONS.get(code)) is not None:
        return known
    family = (reason for codes, reason in FAMILIES if code in codes)
    return next(family, FailureReason.OTHER)


def _each(reason: FailureReason, *codes: Code) -> dict[int, FailureReason]:
    return dict.fromkeys(codes, reason)


REASONS: Mapping[int, FailureReason] = {
    **_each(FailureReason.OWN_ADDRESS, Code.RECIPIENT_IS_SENDER),
    **_each(FailureReason.UNDELIVERABLE, Code.UNDELIVERABLE, Code.TERMS_NOT_ACCEPTED),
    **_each(FailureReason.NOT_LISTED, Code.RECIPIENT_NOT_ALLOWED),
    **_each(FailureReason.WINDOW_CLOSED, Code.REENGAGEMENT),
    **_each(FailureReason.REPORTED, Code.SPAM_RATE_LIMIT),
    **_each(FailureReason.HELD_BACK, Code.ECOSYSTEM_HEALTH, Code.IN_EXPERIMENT),
    **_each(FailureReason.OPTED_OUT, Code.MARKETING_OPTED_OUT),
    **_each(FailureReason.PAIR_LIMITED, Code.PAIR_RATE_LIMIT),
    **_each(
        FailureReason.RATE_LIMITED,
        *(Code.APP_CALL_LIMIT, Code.USER_CALL_LIMIT, Code.PAGE_CALL_LIMIT, Code.CALLS_TOO_FAST),
        *(Code.WABA_RATE_LIMIT, Code.WABA_MANAGEMENT_LIMIT, Code.THROUGHPUT_REACHED),
        Code.GROUPS_RATE_LIMIT,
    ),
    **_each(
        FailureReason.CHANNEL_FAILED,
        *(Code.API_UNKNOWN, Code.API_SERVICE, Code.SOMETHING_WENT_WRONG),
        *(Code.SERVICE_UNAVAILABLE, Code.ACCOUNT_IN_MAINTENANCE, Code.CURSOR_EXPIRED),
        *(Code.INCOMPLETE_DEREGISTRATION, Code.SERVER_UNAVAILABLE, Code.MARKETING_INTERNAL),
    ),
    **_each(
        FailureReason.NOT_ACCEPTED,
        *(Code.PARAMETER_VALUE, Code.INVALID_PARAMETER, Code.PARAMETER_MISSING),
        *(Code.PARAMETER_NOT_VALID, Code.UNSUPPORTED_MESSAGE_TYPE, Code.METHOD_NOT_ALLOWED),
        *(Code.USER_ERROR, Code.UNKNOWN_PATH),
    ),
    **_each(FailureReason.FILE_NOT_TAKEN, Code.MEDIA_UPLOAD_FAILED, Code.MEDIA_DOWNLOAD_FAILED),
    **_each(FailureReason.NEEDS_NUMBER, Code.TYPE_NOT_ALLOWED_TO_USER_ID),
    **_each(FailureReason.IDENTITY_CHANGED, Code.IDENTITY_CHANGED),
    **_each(FailureReason.COUNTRY, Code.COUNTRY_RESTRICTED),
    **_each(
        FailureReason.PAYMENT,
        *(Code.PAYMENT_PROBLEM, Code.CALLING_PAYMENT_PROBLEM, Code.PAYMENT_TERMS),
    ),
    **_each(FailureReason.ACCOUNT_LOCKED, Code.BLOCKED_FOR_POLICY, Code.ACCOUNT_LOCKED),
    **_each(FailureReason.LIMIT_LOWERED, Code.CLASSIFICATION_VIOLATIONS),
    **_each(FailureReason.DISPLAY_NAME, Code.DISPLAY_NAME_NEEDED),
    **_each(
        FailureReason.NOT_REGISTERED,
        *(Code.CERTIFICATE_PROBLEM, Code.NUMBER_NOT_REGISTERED, Code.NUMBER_NOT_VERIFIED),
        *(Code.PIN_MISMATCH, Code.PIN_TOO_OFTEN, Code.PIN_TOO_FAST, Code.DELETED_RECENTLY),
        *(Code.REGISTERED_TOO_OFTEN, Code.REQUEST_CODE_FAILED, Code.VERIFY_CODE_FAILED),
    ),
    **_each(
        FailureReason.MARKETING_TERMS,
        *(Code.MARKETING_DISABLED, Code.MARKETING_TERMS, Code.MARKETING_NOT_ELIGIBLE),
    ),
    **_each(
        FailureReason.TEMPLATE_CHANGED,
        *(Code.TEMPLATE_PARAMETER_COUNT, Code.TEMPLATE_PARAMETER_VALUE),
        *(Code.TEMPLATE_PARAMETER_FORMAT, Code.TEMPLATE_PARAMETER_INVALID),
    ),
    **_each(FailureReason.TEMPLATE_MISSING, Code.TEMPLATE_MISSING),
    **_each(FailureReason.TEMPLATE_PAUSED, Code.TEMPLATE_PAUSED),
    **_each(FailureReason.TEMPLATE_DISABLED, Code.TEMPLATE_DISABLED),
    **_each(
        FailureReason.CREDENTIALS,
        *(Code.AUTH_EXCEPTION, Code.API_METHOD, Code.PERMISSION_DENIED, Code.APP_INVALID),
        *(Code.SESSION_EXPIRED, Code.TOKEN_INVALID, Code.ACCESS_DENIED),
    ),
}

FAMILIES: tuple[tuple[range, FailureReason], ...] = (
    (range(200, 300), FailureReason.CREDENTIALS),
    (range(131201, 131211), FailureReason.GROUP),
    (range(131020, 131021), FailureReason.GROUP),
    (range(131041, 131042), FailureReason.GROUP),
    (range(132000, 133000), FailureReason.TEMPLATE_REFUSED),
)
"""Permissions; groups; templates."""
