"""What all mail of the installation's own looks like."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formataddr, parseaddr

from inbox_app.workflows.mail import smtp


def letter(email: str, subject: str, body: str, language: str, sender: str) -> EmailMessage:
    """Plain text: what is in it is nobody's to dress up. Raises ``smtp.NotSentError``."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = formataddr(parseaddr(sender))
    message["To"] = _recipient(email)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    message.set_content(body, cte="quoted-printable")
    return message


def _recipient(email: str) -> Address:
    """People are asked for less than a mail server takes; its parser fails in ways of its own."""
    try:
        return Address(addr_spec=email)
    except (MessageError, ValueError, AttributeError, IndexError):
        raise smtp.NotSentError("the address is none") from None
