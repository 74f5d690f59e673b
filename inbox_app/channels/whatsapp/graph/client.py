"""The Graph API's calls that the product makes, by name."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Self

import httpx

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.channels.whatsapp.graph import blocking, media_form, messages, templates
from inbox_app.channels.whatsapp.graph.messages import SendResult
from inbox_app.channels.whatsapp.graph.templates import Created, ListedTemplate
from inbox_app.channels.whatsapp.graph.transport import (
    Answer,
    GraphError,
    GraphRefusedError,
    OutcomeUnknownError,
    RequestNotSentError,
    Transport,
)
from inbox_app.channels.whatsapp.json_values import Json, ident, is_mapping, items

__all__ = [
    "GraphClient",
    "GraphError",
    "GraphRefusedError",
    "OutcomeUnknownError",
    "RequestNotSentError",
]

PHONE_FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,code_verification_status,status,"
    "name_status,platform_type,throughput,is_on_biz_app,webhook_configuration,"
    "whatsapp_business_manager_messaging_limit"
)


class GraphClient:
    """Meta's Graph API, or whatever speaks like it at `base_url`.

    Every call raises `RequestNotSentError` (safe to repeat), `OutcomeUnknownError` (nobody knows)
    or `GraphRefusedError` (with Meta's answer). Bind a token with `for_token` first.
    """

    def __init__(
        self, http: httpx.AsyncClient, base_url: str, version: str, token: str | None = None
    ) -> None:
        self._transport = Transport(http, base_url, version, token)

    def for_token(self, token: str) -> Self:
        wire = self._transport
        return type(self)(wire.http, wire.base_url, wire.version, token)

    async def send_message(
        self, phone_number_id: str, payload: Mapping[str, Any], *, marketing: bool = False
    ) -> SendResult:
        """`payload` is one of `messages`'s; a marketing template has an endpoint of its own
        (docs/whatsapp.md §8). An answer that names no message is OutcomeUnknownError."""
        edge = "marketing_messages" if marketing else "messages"
        answer = await self._post(f"{phone_number_id}/{edge}", payload)
        result = messages.read_sent(answer.data)
        if result is None:
            raise OutcomeUnknownError("an answer without a message id")
        return result

    async def mark_read(
        self, phone_number_id: str, provider_id: str, *, typing: bool = False
    ) -> None:
        payload = messages.mark_read(provider_id, typing=typing)
        await self._post(f"{phone_number_id}/messages", payload)

    async def block_user(self, phone_number_id: str, user: str) -> None:
        """Only who wrote in the last 24 hours; `user` is a phone's digits or an id."""
        await self._block("POST", phone_number_id, user)

    async def unblock_user(self, phone_number_id: str, user: str) -> None:
        """Who is not blocked stays so."""
        await self._block("DELETE", phone_number_id, user)

    async def get_phone_number(self, phone_number_id: str) -> Json:
        return await self._get(phone_number_id, {"fields": PHONE_FIELDS})

    async def upload_media(
        self, phone_number_id: str, form: media_form.MediaForm, chunks: AsyncIterator[bytes]
    ) -> str:
        """The id of the file, which lives 30 days. An answer without one is OutcomeUnknownError:
        uploading again does no harm. Raises what ``chunks`` raises."""
        answer = await self._transport.upload(
            f"{phone_number_id}/media", form.body(chunks), form.headers
        )
        media_id = ident(answer.data.get("id"))
        if media_id is None:
            raise OutcomeUnknownError("an answer without a media id")
        return media_id

    async def get_media(self, media_id: str) -> Json:
        """Where a file can be read, and what Meta knows of it."""
        return await self._get(media_id, {})

    async def list_phone_numbers(self, waba_id: str) -> list[Json]:
        """All pages of them."""
        numbers: list[Json] = []
        query = {"fields": PHONE_FIELDS, "limit": "100"}
        for _ in range(MAX_PAGES):
            page = await self._get(f"{waba_id}/phone_numbers", query)
            if not isinstance(page.get("data"), list):
                raise OutcomeUnknownError("an answer without a list of numbers")
            numbers += [number for number in items(page.get("data")) if is_mapping(number)]
            after = _next_page(page)
            if after is None:
                break
            query["after"] = after
        return numbers

    async def list_templates(self, waba_id: str) -> AsyncIterator[tuple[ListedTemplate, ...]]:
        """All pages of them, one at a time; once from the beginning again when Meta has lost the
        place, so that a template may come twice."""
        query = {"fields": templates.FIELDS, "limit": "100"}
        lost = False
        while True:
            try:
                page = await self._get(f"{waba_id}/message_templates", query)
            except GraphRefusedError as error:
                if error.answer.code != Code.CURSOR_EXPIRED or lost or "after" not in query:
                    raise
                lost = True
                del query["after"]
                continue
            if not isinstance(page.get("data"), list):
                raise OutcomeUnknownError("an answer without a list of templates")
            yield templates.read_page(page)
            after = _next_page(page)
            if after is None or after == query.get("after"):
                return
            query["after"] = after

    async def create_template(self, waba_id: str, payload: Mapping[str, Any]) -> Created:
        """`payload` is `templates.creation`'s. An answer that names no
        template is OutcomeUnknownError."""
        answer = await self._post(f"{waba_id}/message_templates", payload)
        created = templates.read_created(answer.data)
        if created is None:
            raise OutcomeUnknownError("an answer without a template's id")
        return created

    async def delete_template(self, waba_id: str, name: str, hsm_id: str) -> None:
        """One language of it. The name without the id would delete all of them."""
        query = {"hsm_id": hsm_id, "name": name}
        await self._transport.call("DELETE", f"{waba_id}/message_templates", query=query)

    async def subscribe_app(self, waba_id: str) -> None:
        """Have the WABA's webhooks delivered to the app that the token belongs to."""
        await self._post(f"{waba_id}/subscribed_apps", None)

    async def subscribed_apps(self, waba_id: str) -> list[Json]:
        """The apps that get the WABA's webhooks."""
        answer = await self._get(f"{waba_id}/subscribed_apps", {})
        return [app for app in items(answer.get("data")) if is_mapping(app)]

    async def register(self, phone_number_id: str, pin: str) -> None:
        """Not for numbers that also live in the phone app. At most 10 times in 72 hours."""
        await self._post(
            f"{phone_number_id}/register", {"messaging_product": "whatsapp", "pin": pin}
        )

    async def ask_app_data(self, phone_number_id: str, kind: str) -> None:
        """Have the phone's app hand over its `smb_app_state_sync` (contacts) or its `history`, by
        webhooks; of a number that lives there too, each once, within a day of its joining."""
        payload = {"messaging_product": "whatsapp", "sync_type": kind}
        await self._post(f"{phone_number_id}/smb_app_data", payload)

    async def debug_token(self, input_token: str) -> Json:
        """What a token may do; ask with the app's own token, or the same one.

        Meta takes the inspected token in the query only: keep it out of access logs.
        """
        answer = await self._get("debug_token", {"input_token": input_token})
        return _object(answer.get("data"))

    async def get_app(self, app_id: str) -> Json:
        """Asked with the app's own token it tells whether the secret is right."""
        return await self._get(app_id, {"fields": "id,name"})

    async def exchange_code(self, app_id: str, app_secret: str, code: str) -> str:
        """The token for a code of Embedded Signup, which lives 30 seconds and serves once."""
        query = {"client_id": app_id, "client_secret": app_secret, "code": code}
        token = ident((await self._get("oauth/access_token", query)).get("access_token"))
        if token is None:
            raise OutcomeUnknownError("an answer without an access token")
        return token

    async def _block(self, method: str, phone_number_id: str, user: str) -> None:
        path = f"{phone_number_id}/block_users"
        answer = await self._transport.call(method, path, json=blocking.payload(user))
        if refused := blocking.left_out(answer.data):
            raise GraphRefusedError(refused)

    async def _get(self, path: str, query: Mapping[str, str]) -> Json:
        return (await self._transport.call("GET", path, query=query)).data

    async def _post(self, path: str, payload: Mapping[str, Any] | None) -> Answer:
        return await self._transport.call("POST", path, json=payload)


MAX_PAGES = 50


def _next_page(page: Json) -> str | None:
    """The cursor, while there is a `next`: the last page carries cursors too."""
    paging = _object(page.get("paging"))
    return ident(_object(paging.get("cursors")).get("after")) if "next" in paging else None


def _object(value: Any) -> Json:
    return value if is_mapping(value) else {}
