"""The form by which a file is uploaded, written as its bytes come: httpx would read them without
letting others go on."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class MediaForm:
    """Of a file of ``size`` bytes; ``content_type`` is what it is, not what it was called."""

    content_type: str
    size: int
    boundary: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def headers(self) -> dict[str, str]:
        """With the length, so that a file cut short is never taken for whole."""
        length = len(self._before) + self.size + len(self._after)
        return {
            "content-type": f"multipart/form-data; boundary={self.boundary}",
            "content-length": str(length),
        }

    async def body(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The file's own name is told with the message, not here."""
        yield self._before
        async for chunk in chunks:
            yield chunk
        yield self._after

    @cached_property
    def _before(self) -> bytes:
        fields = "".join(
            f'--{self.boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("messaging_product", "whatsapp"), ("type", self.content_type))
        )
        disposition = 'content-disposition: form-data; name="file"; filename="file"'
        content_type = f"content-type: {self.content_type}"
        return f"{fields}--{self.boundary}\r\n{disposition}\r\n{content_type}\r\n\r\n".encode()

    @cached_property
    def _after(self) -> bytes:
        return f"\r\n--{self.boundary}--\r\n".encode()
