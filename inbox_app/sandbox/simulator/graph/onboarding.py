"""What the simulated Meta says of tokens, numbers and subscriptions while one connects."""

from starlette.requests import Request

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.callbacks import Callbacks
from inbox_app.sandbox.simulator.faults import Faults
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.people import APP_ID, BUSINESS_NAME, CODE, NUMBERS, TOKEN, Number

SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]
RIGHT_PIN = "123456"
"""With the switch `pin`, every number has had this one all along."""


class Onboarding:
    """Remembers what was registered and who subscribed; the switches change what it says."""

    def __init__(self, faults: Faults, callbacks: Callbacks) -> None:
        self._faults, self._callbacks = faults, callbacks
        self._registered: set[str] = set()
        self._unsubscribed: set[str] = set()
        self._used: set[str] = set()
        self._given: set[tuple[str, str]] = set()

    def phone(self, number: Number) -> Json:
        """One business number."""
        fresh = number.new and number.phone_number_id not in self._registered
        unverified = self._faults.unverified and number.new
        return {
            "id": number.phone_number_id,
            "display_phone_number": number.display,
            "verified_name": BUSINESS_NAME,
            "quality_rating": "UNKNOWN" if fresh else "GREEN",
            "code_verification_status": "NOT_VERIFIED" if unverified else "VERIFIED",
            "status": "PENDING" if fresh else "CONNECTED",
            "name_status": "APPROVED",
            "platform_type": "NOT_APPLICABLE" if fresh else "CLOUD_API",
            "throughput": {"level": "STANDARD"},
            "is_on_biz_app": self._faults.on_app,
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "webhook_configuration": self._callbacks.told(number),
        }

    def business_account(self, waba_id: str) -> Json:
        """The account that numbers belong to."""
        return {
            "id": waba_id,
            "name": BUSINESS_NAME,
            "currency": "EUR",
            "timezone_id": "70",
            "message_template_namespace": f"ns_{waba_id}",
        }

    def phone_numbers(self, waba_id: str) -> Json:
        """The numbers of a business account, on one page."""
        numbers = [self.phone(number) for number in NUMBERS if number.waba_id == waba_id]
        return {"data": numbers, "paging": {"cursors": {"before": "QVFI", "after": "QVFJ"}}}

    def subscribed_apps(self, waba_id: str) -> Json:
        """Which app gets the webhooks, and where, if that is not the app's own address."""
        if waba_id in self._unsubscribed:
            return {"data": []}
        api_data = {"link": "https://www.facebook.com/", "name": "Sandbox", "id": APP_ID}
        instead = self._callbacks.of(waba_id)
        overridden = {"override_callback_uri": instead} if instead else {}
        return {"data": [{"whatsapp_business_api_data": api_data, **overridden}]}

    async def subscribe(self, waba_id: str, payload: Json) -> Json:
        """The app; or, when it is already, the address that its webhooks go to."""
        if not payload.get("override_callback_uri"):
            self._unsubscribed.discard(waba_id)
            self._callbacks.forget(waba_id)
            return {"success": True}
        if waba_id in self._unsubscribed:
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER,
                "Before override the current callback uri, your app must be subscribed to receive "
                "messages for WhatsApp Business Account.",
            )
        return await self._override(waba_id, payload)

    def unsubscribe(self, waba_id: str) -> Json:
        """Nothing of this business account is told to the app any more."""
        self._unsubscribed.add(waba_id)
        self._callbacks.forget(waba_id)
        return {"success": True}

    async def configure(self, number: Number, payload: Json) -> Json:
        """Where the webhooks of one number go."""
        wanted = payload.get("webhook_configuration")
        if not isinstance(wanted, dict):
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, "Of a number only webhook_configuration is set here."
            )
        if wanted.get("override_callback_uri"):
            return await self._override(number.phone_number_id, wanted)
        self._callbacks.forget(number.phone_number_id)
        return {"success": True}

    async def _override(self, id: str, wanted: Json) -> Json:
        token = wanted.get("verify_token")
        if not token or not isinstance(token, str):
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, "The parameter verify_token is required."
            )
        await self._callbacks.override(id, str(wanted["override_callback_uri"]), token)
        return {"success": True}

    def register(self, number: Number, pin: str) -> Json:
        """From now on the number is in use."""
        if len(pin) != 6 or not pin.isdigit():
            raise SimulatedGraphError(Code.PARAMETER_NOT_VALID, "The pin must be 6 digits.")
        if self._faults.unverified and number.new:
            raise SimulatedGraphError(Code.NUMBER_NOT_VERIFIED)
        if self._faults.pin and pin != RIGHT_PIN:
            raise SimulatedGraphError(Code.PIN_MISMATCH)
        self._registered.add(number.phone_number_id)
        return {"success": True}

    def app_data(self, number: Number, kind: str) -> Json:
        """What the phone's app knows: each kind of it is given once."""
        if (number.phone_number_id, kind) in self._given:
            raise SimulatedGraphError(2593107, "Synchronization was requested already.")
        self._given.add((number.phone_number_id, kind))
        return {"messaging_product": "whatsapp", "request_id": f"{number.phone_number_id}-{kind}"}

    async def app(self, request: Request) -> Json:
        """The app itself, to whoever shows its secret."""
        self._check_secret(request)
        return {"id": APP_ID, "name": "Sandbox"}

    def _check_secret(self, request: Request) -> None:
        if self._faults.secret and "|" in request.headers.get("authorization", ""):
            raise SimulatedGraphError(Code.TOKEN_INVALID, "Invalid OAuth access token signature.")

    async def debug_token(self, request: Request) -> Json:
        """What a token may do; an unknown one is told to be no good, not refused."""
        self._check_secret(request)
        if request.query_params.get("input_token") != TOKEN or self._faults.token:
            error = {"code": 190, "message": "The access token could not be decrypted"}
            return {"data": {"is_valid": False, "scopes": [], "error": error}}
        scopes = SCOPES[:1] if self._faults.scopes else SCOPES
        wabas = sorted({number.waba_id for number in NUMBERS})
        return {
            "data": {
                "app_id": "9999999999999999" if self._faults.app else APP_ID,
                "type": "SYSTEM_USER",
                "application": "Sandbox",
                "data_access_expires_at": 0,
                "expires_at": 0,
                "is_valid": True,
                "issued_at": 1_760_000_000,
                "scopes": scopes,
                "granular_scopes": [{"scope": scope, "target_ids": wabas} for scope in scopes],
                "user_id": "122100000000000001",
            }
        }

    async def access_token(self, request: Request) -> Json:
        """The token for a code of Embedded Signup: each serves once."""
        if self._faults.secret:
            raise SimulatedGraphError(Code.API_UNKNOWN, "Error validating client secret.")
        code = request.query_params.get("code", "")
        if not code.startswith(CODE) or self._faults.code:
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, "This authorization code has expired.", 36007
            )
        if code in self._used:
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, "This authorization code has been used.", 36009
            )
        self._used.add(code)
        return {"access_token": TOKEN, "token_type": "bearer"}
