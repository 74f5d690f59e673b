"""Plays Meta from a process that survives ours, and counts what it was sent."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_THINKS = 0.1


class CountingMeta(ThreadingHTTPServer):
    """Takes every text after some thought; `texts` counts them by their words."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Send)
        self.texts: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Send(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        meta = self.server
        assert isinstance(meta, CountingMeta)
        meta.texts[payload["text"]["body"]] += 1
        time.sleep(_THINKS)
        wamid = f"wamid.{payload['biz_opaque_callback_data']}"
        answer = json.dumps({"messages": [{"id": wamid}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@contextmanager
def counting_meta() -> Iterator[CountingMeta]:
    with CountingMeta() as meta:
        thread = threading.Thread(target=meta.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield meta
        finally:
            meta.shutdown()
            thread.join()
