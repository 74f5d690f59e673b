"""An https server on this machine that plays somebody else's, and a client that may reach it."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SERVER, CERTIFICATE = "tests.support.servers.serve_beside_local_web", "LOCAL_WEB_CERTIFICATE"
"""The module to start instead of ``inbox_app.serve``, so that it may reach this server; and the
environment variable that tells it where the certificate is."""
NAMES = ("calendars.example.com", "other.example.com", "localhost")


@dataclass(frozen=True)
class Page:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    waits: threading.Event | None = None
    """Nothing is answered before."""


@dataclass
class LocalWeb:
    """``pages`` by path may be changed at any time; ``asked`` are the headers of each call, with
    its path as ``:path`` and what was sent as ``:body``, bytes that are no text escaped."""

    port: int
    certificate: Path
    pages: dict[str, Page] = field(default_factory=dict[str, Page])
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def url(self, path: str, host: str = NAMES[0]) -> str:
        """Where `path` is."""
        return f"https://{host}:{self.port}{path}"

    def trusting(self) -> ssl.SSLContext:
        """Trusts this server's certificate alone."""
        return ssl.create_default_context(cafile=str(self.certificate))


@contextmanager
def local_web(folder: Path) -> Iterator[LocalWeb]:
    """Serves until the block is left."""
    certificate = _certificate(folder / "web.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    web = LocalWeb(server.server_port, certificate)
    server.RequestHandlerClass = _handler(web)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(web: LocalWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:  # whoever asked was killed halfway: nothing was heard
                self.close_connection = True
                return
            sent = body.decode(errors="surrogateescape")
            told = {name.lower(): value for name, value in self.headers.items()}
            web.asked.append(told | {":path": self.path, ":body": sent})
            page = web.pages.get(self.path, Page(status=404))
            if page.waits:
                page.waits.wait(30)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in page.headers:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        do_POST = do_GET  # noqa: N815 - http.server's name

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    return Handler


def _certificate(file: Path) -> Path:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAMES[0])])
    names = [*map(x509.DNSName, NAMES), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file
