"""E-mail by SMTP, through Django's mail."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from jembol.outbox.errors import NotAccepted
from jembol.outbox.gateways.letter import GatewayTrouble, Letter


def send(letter: Letter) -> str:
    """Hand one message to the mail server; return the key that stands in its header.

    Raises:
        GatewayTrouble: it may work later.
        NotAccepted: the address or the sender is refused.
    """
    host = settings.EMAIL_FROM.rpartition("@")[2]
    key = f"<{letter.id}@{host}>"
    mail = EmailMessage(
        # A line break in a subject would begin another header.
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        from_email=settings.EMAIL_FROM,
        to=[letter.to],
        headers={"Message-ID": key, "Auto-Submitted": "auto-generated"},
        connection=get_connection(fail_silently=False),
    )
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as problem:
        raise NotAccepted(_("The mail server refused the address of the recipient.")) from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise GatewayTrouble(f"no mail ({type(problem).__name__})") from None
    return key
