"""How a number fares, as Meta tells whoever has its token."""

from inbox_app.channels.outbound import Health
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.numbers import read_number
from inbox_app.channels.whatsapp.graph.transport import GraphError, GraphRefusedError
from inbox_app.domain.delivery.failures import Failure, Remedy


async def check(client: GraphClient, phone_number_id: str) -> Health:
    """`client` is bound to the connection's token."""
    try:
        number = read_number(await client.get_phone_number(phone_number_id))
    except GraphRefusedError as refused:
        answer = refused.answer
        return Health(Failure(remedy=answer.remedy, code=answer.code, words=answer.title))
    except GraphError:
        return Health(Failure(remedy=Remedy.RETRY))
    notes: list[str] = []
    if number.number_status not in {None, "CONNECTED"}:
        notes.append(f"Meta calls the number {number.number_status}")
    if number.quality_rating in {"YELLOW", "RED"}:
        notes.append(f"the number's quality is {number.quality_rating}")
    return Health(notes=tuple(notes))
