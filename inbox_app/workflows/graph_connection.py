"""The line to Meta of an account: its connection, and the Graph API with its token."""

from typing import NamedTuple

from cryptography.fernet import InvalidToken

from inbox_app.channels.whatsapp.graph.client import GraphClient, GraphError, GraphRefusedError
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.models import ConnectionState, WhatsAppNumber
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.runtime import Runtime
from inbox_app.services.connecting.step_failures import refuses_app


class NotConnectedError(Exception):
    """The account has no connection, or Meta refuses its credentials; ``connected`` says which."""

    def __init__(self, *, connected: bool) -> None:
        super().__init__("credentials refused" if connected else "not connected")
        self.connected = connected


class GraphConnection(NamedTuple):
    """Detached from any session: read it, don't write it."""

    number: WhatsAppNumber
    client: GraphClient


def graph(runtime: Runtime) -> GraphClient:
    """The Graph API without a token."""
    return GraphClient(
        runtime.http, runtime.settings.graph_url, runtime.settings.meta_graph_version
    )


def inspector(runtime: Runtime, token: str) -> GraphClient:
    """Who may ask what a token can do: the installation's app, where it is known, else the token.

    Only of its own tokens does Meta tell an app.
    """
    return as_app(runtime) or graph(runtime).for_token(token)


def as_app(runtime: Runtime) -> GraphClient | None:
    """The Graph API with the installation's own token, where its app is known."""
    settings = runtime.settings
    if settings.meta_app_id and settings.app_secrets:
        return graph(runtime).for_token(f"{settings.meta_app_id}|{settings.app_secrets[0]}")
    return None


async def refusal_of_app(runtime: Runtime) -> GraphErrorAnswer | None:
    """What Meta has against the installation's own id and secret; none when nothing, or nobody
    knows."""
    client, app_id = as_app(runtime), runtime.settings.meta_app_id
    if client is None or app_id is None:
        return None
    try:
        await client.get_app(app_id)
    except GraphRefusedError as refused:
        return refused.answer if refuses_app(refused.answer) else None
    except GraphError:
        return None
    return None


async def graph_connection_of(runtime: Runtime, account_id: int) -> GraphConnection:
    """Raises ``NotConnectedError``."""
    async with runtime.database.reading() as session:
        number = await active_number(session, account_id)
    if number is None:
        raise NotConnectedError(connected=False)
    if number.connection.state is ConnectionState.CREDENTIALS_REFUSED:
        raise NotConnectedError(connected=True)
    try:
        token = runtime.vault.decrypt(number.connection.credentials_encrypted)
    except InvalidToken:
        raise NotConnectedError(connected=True) from None
    return GraphConnection(number, graph(runtime).for_token(token))
