"""Plays Meta: signed posts over some connections, each sending its next when answered."""

import asyncio
import hmac
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

PHONE_NUMBER_ID = "106540352242922"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a round of posts."""

    per_second: float
    median_ms: float
    p99_ms: float
    answers: Counter[int]


def texts(count: int, conversations: int = 500) -> list[bytes]:
    """Bodies with one text each, all distinct."""
    now = str(int(time.time()))
    return [_text(number, f"4915{number % conversations:08}", now) for number in range(count)]


async def post_all(port: int, bodies: Sequence[bytes], secret: str, connections: int) -> Load:
    """Post every body once."""
    requests = [_request(port, body, secret.encode()) for body in bodies]
    waiting, taken, answers = iter(requests), list[float](), Counter[int]()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            taken.append(time.perf_counter() - began)
            answers[int(head[9:12])] += 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(connections)))
    taken.sort()
    return Load(
        per_second=len(bodies) / (time.perf_counter() - began),
        median_ms=1000 * taken[len(taken) // 2],
        p99_ms=1000 * taken[len(taken) * 99 // 100],
        answers=answers,
    )


def _text(number: int, wa_id: str, now: str) -> bytes:
    user_id = f"DE.13491208{wa_id}"
    message = {
        "from": wa_id,
        "from_user_id": user_id,
        "id": f"wamid.bench{number:08}",
        "timestamp": now,
        "text": {"body": f"Good evening, we arrive late, message {number}. Where is the key?"},
        "type": "text",
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "15550783881",
            "phone_number_id": PHONE_NUMBER_ID,
        },
        "contacts": [{"profile": {"name": f"Guest {wa_id}"}, "wa_id": wa_id, "user_id": user_id}],
        "messages": [message],
    }
    changes = [{"field": "messages", "value": value}]
    entry = [{"id": "102290129340398", "changes": changes}]
    return json.dumps({"object": "whatsapp_business_account", "entry": entry}).encode()


def _request(port: int, body: bytes, secret: bytes) -> bytes:
    signature = hmac.digest(secret, body, "sha256").hex()
    head = (
        f"POST /webhooks/whatsapp HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-Hub-Signature-256: sha256={signature}\r\n\r\n"
    )
    return head.encode() + body
