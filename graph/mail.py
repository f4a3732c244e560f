"""Mail from the coalition's mailbox, for those whom Teams does not reach."""

from __future__ import annotations

from collections.abc import Sequence

from graph.connection import Connection
from graph.errors import NotConfigured


class Mail:
    """Sends from the mailbox named in the settings (application permission Mail.Send)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def send(
        self,
        to: Sequence[str],
        subject: str,
        *,
        html_body: str | None = None,
        text: str | None = None,
        cc: Sequence[str] = (),
        reply_to: Sequence[str] = (),
        save_to_sent: bool = True,
    ) -> None:
        """Hand a message to Exchange, which answers before it is delivered.

        Either `html_body` or `text`. A lost answer raises Unavailable with `outcome_unknown`: the
        message may be on its way, Graph has no key to ask by, so don't send again blindly.
        """
        from msgraph.generated.models.body_type import BodyType
        from msgraph.generated.models.email_address import EmailAddress
        from msgraph.generated.models.item_body import ItemBody
        from msgraph.generated.models.message import Message
        from msgraph.generated.models.recipient import Recipient
        from msgraph.generated.users.item.send_mail import send_mail_post_request_body as bodies

        mailbox = self._connection.settings.sender_mailbox
        if mailbox is None:
            raise NotConfigured("Sending mail needs the mailbox to send from.")

        def people(addresses: Sequence[str]) -> list[Recipient]:
            return [Recipient(email_address=EmailAddress(address=one)) for one in addresses]

        kind = BodyType.Html if html_body is not None else BodyType.Text
        message = Message(
            subject=subject,
            body=ItemBody(content_type=kind, content=html_body if html_body is not None else text),
            to_recipients=people(to),
        )
        if cc:
            message.cc_recipients = people(cc)
        if reply_to:
            message.reply_to = people(reply_to)
        body = bodies.SendMailPostRequestBody(message=message, save_to_sent_items=save_to_sent)
        sdk = await self._connection.sdk()
        place = sdk.users.by_user_id(mailbox).send_mail
        await self._connection.call(lambda: place.post(body), workload="outlook", repeatable=False)
