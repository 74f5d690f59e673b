"""What the Graph API tells of numbers, business accounts, tokens and apps."""

from starlette.requests import Request

from inbox_app.sandbox.graph_errors import GraphRefusal, Json
from inbox_app.sandbox.people import APP_ID, BUSINESS_NAME, NUMBERS, TOKEN, Number

_SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]


def phone(number: Number) -> Json:
    """One business number."""
    return {
        "id": number.phone_number_id,
        "display_phone_number": number.display,
        "verified_name": BUSINESS_NAME,
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "status": "CONNECTED",
        "name_status": "APPROVED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "is_on_biz_app": False,
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
    }


def waba(waba_id: str) -> Json:
    """A business account."""
    return {
        "id": waba_id,
        "name": BUSINESS_NAME,
        "timezone_id": "71",
        "account_review_status": "APPROVED",
        "message_template_namespace": "00000000_0000_0000_0000_000000000000",
    }


def phone_numbers(waba_id: str) -> Json:
    """The numbers of a business account, on one page."""
    numbers = [phone(number) for number in NUMBERS if number.waba_id == waba_id]
    return {"data": numbers, "paging": {"cursors": {"before": "QVFI", "after": "QVFJ"}}}


def subscribed_apps(_waba_id: str) -> Json:
    """Which app gets the webhooks; subscribing and asking are answered alike."""
    api_data = {"link": "https://www.facebook.com/", "name": "Sandbox", "id": APP_ID}
    return {"success": True, "data": [{"whatsapp_business_api_data": api_data}]}


def templates(_waba_id: str) -> Json:
    """None so far."""
    return {"data": []}


async def debug_token(request: Request) -> Json:
    """What a token may do; an unknown one is told to be no good, not refused."""
    if request.query_params.get("input_token") != TOKEN:
        error = {"code": 190, "message": "The access token could not be decrypted"}
        return {"data": {"is_valid": False, "scopes": [], "error": error}}
    wabas = [number.waba_id for number in NUMBERS]
    return {
        "data": {
            "app_id": APP_ID,
            "type": "SYSTEM_USER",
            "application": "Sandbox",
            "data_access_expires_at": 0,
            "expires_at": 0,
            "is_valid": True,
            "issued_at": 1_760_000_000,
            "scopes": _SCOPES,
            "granular_scopes": [{"scope": scope, "target_ids": wabas} for scope in _SCOPES],
            "user_id": "122100000000000001",
        }
    }


async def access_token(request: Request) -> Json:
    """The token for a code of Embedded Signup."""
    if not request.query_params.get("code"):
        raise GraphRefusal(100, "The code is missing.")
    return {"access_token": TOKEN, "token_type": "bearer"}
