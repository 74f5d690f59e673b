"""Addresses that webhooks of messages go to in place of the app's own (docs/whatsapp.md §7.4)."""

import secrets

import httpx

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.people import Number

LONGEST = 200
_FAILED = "Callback verification failed with the following errors: "


class Callbacks:
    """A number's goes before its business account's, and that before the `app`'s."""

    def __init__(self, http: httpx.AsyncClient, app: str) -> None:
        self._http, self._app = http, app
        self._instead: dict[str, str] = {}

    async def override(self, id: str, url: str, verify_token: str) -> None:
        """For a number or a business account: once the address has shown that it knows the token.

        Raises ``SimulatedGraphError``.
        """
        if len(url) > LONGEST or not url.startswith(("https://", "http://")):
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, "override_callback_uri must be a URL of 200 characters."
            )
        await self._verify(url, verify_token)
        self._instead[id] = url

    def forget(self, id: str) -> None:
        """From now on as if there had been none."""
        self._instead.pop(id, None)

    def of(self, id: str) -> str:
        """ "" where there is none."""
        return self._instead.get(id, "")

    def told(self, number: Number) -> Json:
        """All that a number's webhooks may go to, without what is not there."""
        named = {
            "phone_number": self.of(number.phone_number_id),
            "whatsapp_business_account": self.of(number.waba_id),
            "application": self._app,
        }
        return {level: url for level, url in named.items() if url}

    def address_of(self, body: Json) -> str:
        """Where this webhook goes; what is not of messages stays with the app."""
        entry = body["entry"][0]
        change = entry["changes"][0]
        if change["field"] != "messages":
            return self._app
        number = self.of(change["value"]["metadata"]["phone_number_id"])
        return number or self.of(entry["id"]) or self._app

    async def _verify(self, url: str, verify_token: str) -> None:
        challenge = str(secrets.randbelow(2**31))
        asked = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": verify_token,
        }
        try:
            address = httpx.URL(url)
            answer = await self._http.get(address.copy_merge_params(asked))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _refused(f"{_FAILED}{_of_the_line(error)}") from None
        if answer.status_code != httpx.codes.OK:
            message = f"HTTP Message = {answer.reason_phrase}"
            raise _refused(f"{_FAILED}HTTP Status Code = {answer.status_code}; {message}")
        if answer.text != challenge:
            received = answer.text[:100]
            raise SimulatedGraphError(
                Code.CHALLENGE_NOT_MET,
                f'response does not match challenge, expected value="{challenge}", '
                f'received="{received}"',
            )


def _refused(words: str) -> SimulatedGraphError:
    return SimulatedGraphError(Code.CALLBACK_NOT_VERIFIED, words)


def _of_the_line(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "curl_errno = 28; curl_error = Timeout was reached"
    return "curl_errno = 7; curl_error = Couldn't connect to server"
