"""Which business number a phone writes to unless another is chosen."""

from inbox_app import sessions
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.runtime import current_runtime
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, Number, number_by_id


async def number_for(cookie_header: str) -> Number:
    """That of the company whose inbox is open in this browser; the demo company's for others."""
    who = await sessions.signed_in(cookie_header)
    if who is None:
        return DEMO_NUMBER
    async with current_runtime().database.reading() as session:
        number = await active_number(session, who.account_id)
    return (number and number_by_id(number.connection.external_id)) or DEMO_NUMBER
