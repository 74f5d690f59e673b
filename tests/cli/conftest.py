"""An installation that an operator operates, and Meta on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.installation import ANSWERS, Inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


class Meta(BaseHTTPRequestHandler):
    """As little of the Graph API as connecting needs, and one template."""

    def do_GET(self) -> None:
        self._answer(ANSWERS.get(self.path.partition("?")[0]))

    def do_POST(self) -> None:
        self._answer({"success": True} if self.path == "/v25.0/2/subscribed_apps" else None)

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""

    def _answer(self, body: dict[str, Any] | None) -> None:
        authorized = self.headers["authorization"] == "Bearer the token"
        error = {"message": "Unknown", "code": 100}
        if self.path.startswith("/v25.0/77?"):
            error = {"message": "Invalid OAuth access token signature.", "code": 190}
        content = json.dumps(body or {"error": error}).encode()
        self.send_response(200 if body and authorized else 404)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def graph_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Meta) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
