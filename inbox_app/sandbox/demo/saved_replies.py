"""The saved replies of the demo company."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.services.saved_replies.write_reply import create_reply, note_use

REPLIES: dict[str, dict[str, str]] = {
    "Come si entra": {
        "it": (
            "Ciao {first_name}, per entrare in {accommodation} ({address}): codice della porta "
            "{door_code}. {check_in_instructions} Dalle {check_in_time} è tutto pronto."
        ),
        "en": (
            "Hi {first_name}, to get into {accommodation} ({address}): the door code is "
            "{door_code}. {check_in_instructions} Everything is ready from {check_in_time}."
        ),
        "es": (
            "Hola {first_name}, para entrar en {accommodation} ({address}): el código de la "
            "puerta es {door_code}. {check_in_instructions} Todo está listo desde las "
            "{check_in_time}."
        ),
    },
    "Wi-Fi": {
        "it": "La rete è {wifi_name}, la password {wifi_password}.",
        "en": "The network is {wifi_name}, the password {wifi_password}.",
        "es": "La red es {wifi_name}, la contraseña {wifi_password}.",
    },
    "Parcheggio": {
        "it": "Si parcheggia qui: {parking}.",
        "en": "You can park here: {parking}.",
        "es": "Se puede aparcar aquí: {parking}.",
    },
    "Buon viaggio": {
        "it": "Grazie {first_name} e buon viaggio! Il check-out è entro le {check_out_time}.",
        "en": "Thank you {first_name}, safe travels! Check-out is until {check_out_time}.",
        "fr": "Merci {first_name} et bon voyage ! Le départ est avant {check_out_time}.",
        "de": "Danke {first_name} und gute Reise! Check-out bis {check_out_time}.",
        "es": "¡Gracias {first_name} y buen viaje! La salida es antes de las {check_out_time}.",
    },
}
_USED = {"Come si entra": 3, "Wi-Fi": 2}


async def write_replies(session: AsyncSession, account_id: int, now: datetime) -> None:
    for name, texts in REPLIES.items():
        reply = await create_reply(session, account_id, name, texts, author_id=None, now=now)
        for _ in range(_USED.get(name, 0)):
            await note_use(session, account_id, reply.id, now)
