"""Mails who is on call what is urgent, with as much of it as they let stand on a screen (S4)."""

from email.message import EmailMessage
from email.utils import parseaddr

from inbox_app.catalogues import DEFAULT, nearest, text_in
from inbox_app.config.setting_values import SmtpAddress
from inbox_app.config.settings import Settings
from inbox_app.services.notifications.urgent_mails import UrgentMailJob
from inbox_app.workflows.mail import smtp
from inbox_app.workflows.mail.letters import letter


async def send_urgent(server: SmtpAddress, settings: Settings, job: UrgentMailJob) -> None:
    """With no transaction open. Raises ``smtp.NotSentError``."""
    await smtp.send(server, compose(job, settings.public_url, settings.mail_from))


def compose(job: UrgentMailJob, public_url: str, sender: str) -> EmailMessage:
    """Raises ``smtp.NotSentError``."""
    language = nearest(job.language) or DEFAULT
    title = job.notice["title"]
    if job.names:
        subject = text_in(language, "Urgent: {words}").replace("{words}", title)
    else:
        subject = text_in(language, "Urgent, out of hours.")
    why = text_in(language, "You get this because you are on call out of hours.")
    link = f"{public_url}{job.notice['url']}"
    body = f"{job.notice['body']}\n\n{link}\n\n{why}\n"
    message = letter(job.email, subject, body, language, sender)
    message["Message-ID"] = f"<urgent-{job.mail_id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Importance"] = "high"
    return message
