"""The SDK's classes that this package uses, in one place, imported only when Graph is first asked.

The SDK imports the classes of an answer while it reads the first one, seconds of work; doing it
here, in the thread that opens the connection, keeps the event loop free.
"""

from __future__ import annotations


def preload() -> None:
    """Import what the first answers would import."""
    from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter
    from msgraph.generated.models.calendar import Calendar
    from msgraph.generated.models.column_definition import ColumnDefinition
    from msgraph.generated.models.drive_item import DriveItem
    from msgraph.generated.models.event import Event
    from msgraph.generated.models.list_ import List_
    from msgraph.generated.models.list_item import ListItem
    from msgraph.generated.models.message import Message
    from msgraph.generated.models.site import Site
    from msgraph.generated.models.subscription import Subscription
    from msgraph.generated.models.upload_session import UploadSession

    for kind in (
        Calendar,
        ColumnDefinition,
        DriveItem,
        Event,
        List_,
        ListItem,
        Message,
        Site,
        Subscription,
        UploadSession,
    ):
        example = kind()
        example.get_field_deserializers()
        example.serialize(JsonSerializationWriter())
