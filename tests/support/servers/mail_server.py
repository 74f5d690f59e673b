"""A mail server that keeps what it is given, or gives a number instead."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """`refusing` is what it answers to a sender: 451 say; nothing takes the mail."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refusing: int | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).strip():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                self.taken.append(message_from_bytes(body[:-5], policy=policy.default))
            refused = word == b"MAIL" and self.refusing
            writer.write(f"{self.refusing} not now\r\n".encode() if refused else b"250 ok\r\n")
            if word == b"QUIT":
                break
        writer.close()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    here = MailServer()
    server = await asyncio.start_server(here.talk, "127.0.0.1", 0)
    here.port = server.sockets[0].getsockname()[1]
    async with server:
        yield here
