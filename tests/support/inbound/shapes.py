"""What messages of people are made of in tests, and what has to become of them."""

from typing import Any, NamedTuple

from inbox_app.domain.messages import MessageKind

Json = dict[str, Any]
FILE = {"id": "media.1", "mime_type": "image/jpeg", "sha256": "", "url": "https://lookaside/x"}
NOT_KNOWN = [{"code": 131051, "title": "Message type unknown"}]


class Kind(NamedTuple):
    """A message without its id, sender and time; and the one item that it has to become."""

    name: str
    content: Json
    kind: MessageKind
    unsupported_type: str | None = None
    opens_window: bool = True
    text: str | None = None
    has_file: bool = False


def item(
    name: str, content: Json, kind: MessageKind, text: str | None = None, *, file: bool = False
) -> Kind:
    return Kind(name, content, kind, text=text, has_file=file)


def notice(
    name: str,
    content: Json,
    type_: str,
    text: str | None = None,
    *,
    opens: bool = True,
    file: bool = False,
) -> Kind:
    return Kind(name, content, MessageKind.UNSUPPORTED, type_, opens, text, file)


def unsupported(inner: str | None, *, opens: bool = True) -> Kind:
    content: Json = {"type": "unsupported", "errors": NOT_KNOWN}
    if inner:
        content["unsupported"] = {"type": inner}
    return notice(f"unsupported {inner}", content, inner or "unsupported", opens=opens)


def interactive(subtype: str, answer: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": subtype, subtype: answer}}


def answering(content: Json) -> Json:
    return content | {"context": {"id": "wamid.earlier", "from": "390805550100"}}


TEXT = {"type": "text", "text": {"body": "Ciao"}}
IMAGE = {"type": "image", "image": FILE | {"caption": "Il bagno"}}
PLACE = {"latitude": 40.6, "longitude": 17.9, "name": "Casa Blu", "address": "Via Roma 1"}
CARD = {"name": {"formatted_name": "Nino"}, "phones": [{"phone": "+39 347 1"}]}
ITEMS = [{"product_retailer_id": "A", "quantity": 2, "item_price": 7.5, "currency": "EUR"}]
