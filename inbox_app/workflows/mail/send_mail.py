"""Sends the installation's own mail, in the language of who gets it (X1)."""

from email.message import EmailMessage

from inbox_app.catalogues import DEFAULT, nearest, text_in
from inbox_app.config.setting_values import SmtpAddress
from inbox_app.config.settings import Settings
from inbox_app.domain.accounts.mails import MailKind
from inbox_app.services.accounts.mails import MailJob
from inbox_app.workflows.mail import smtp
from inbox_app.workflows.mail.letters import letter


async def send_mail(server: SmtpAddress, settings: Settings, job: MailJob) -> None:
    """With no transaction open. Raises ``smtp.NotSentError``."""
    await smtp.send(server, compose(job, settings.public_url, settings.mail_from))


def compose(job: MailJob, public_url: str, sender: str) -> EmailMessage:
    """Raises ``smtp.NotSentError``."""
    language = nearest(job.language) or DEFAULT
    subject, before, after = _words(language, job)
    body = f"{before}\n\n{public_url}/join#{job.token}\n\n{after}\n"
    return letter(job.email, subject, body, language, sender)


def _words(language: str, job: MailJob) -> tuple[str, str, str]:
    """The subject, and what stands before and after the link."""
    if job.kind is MailKind.INVITATION:
        return (
            text_in(language, "Join the inbox of {company}").format(company=job.company),
            text_in(
                language,
                "{name} invites you to answer guests, owners and suppliers of {company} with "
                "them. Choose your password here:",
            ).format(name=job.asked_by or job.company, company=job.company),
            text_in(language, "The link works once, within seven days."),
        )
    return (
        text_in(language, "Choose a new password"),
        text_in(language, "Somebody asked for a new password for {email}. Choose it here:").format(
            email=job.email
        ),
        text_in(
            language,
            "The link works once, within two hours. If it wasn't you, do nothing: the password"
            " stays as it is.",
        ),
    )
