"""The SDK's classes that this package uses, imported before the first request.

The SDK imports the class of an address when it is first built and the classes of an answer while it
is read, seconds of work; doing it in the thread that opens the connection keeps the loop free.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

MODELS = {
    "calendar": "Calendar",
    "column_definition": "ColumnDefinition",
    "column_definition_collection_response": "ColumnDefinitionCollectionResponse",
    "drive_item": "DriveItem",
    "drive_item_collection_response": "DriveItemCollectionResponse",
    "drive_item_uploadable_properties": "DriveItemUploadableProperties",
    "event": "Event",
    "event_collection_response": "EventCollectionResponse",
    "field_value_set": "FieldValueSet",
    "hashes": "Hashes",
    "identity": "Identity",
    "identity_set": "IdentitySet",
    "item_body": "ItemBody",
    "list_": "List_",
    "list_collection_response": "ListCollectionResponse",
    "list_item": "ListItem",
    "list_item_collection_response": "ListItemCollectionResponse",
    "location": "Location",
    "message": "Message",
    "response_status": "ResponseStatus",
    "site": "Site",
    "subscription": "Subscription",
    "upload_session": "UploadSession",
}


@contextmanager
def quiet() -> Iterator[None]:
    """Every generated module warns of itself while it is imported; nothing here can help that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def light_fields(entity: Any) -> dict[str, Callable[[Any], None]]:
    """What the SDK's Entity says of its own members, without its 800 imports.

    The generated method imports every kind of entity for each one that it reads and uses none of
    them: 10 ms for every file or event in an answer, and 3 s and 25 MiB the first time.
    """
    return {
        "id": lambda node: setattr(entity, "id", node.get_str_value()),
        "@odata.type": lambda node: setattr(entity, "odata_type", node.get_str_value()),
    }


def preload(sdk: Any) -> None:
    """Build every address once and read one empty answer of each kind."""
    from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter
    from msgraph.generated.models.entity import Entity

    Entity.get_field_deserializers = light_fields
    for module, name in MODELS.items():
        model = getattr(importlib.import_module(f"msgraph.generated.models.{module}"), name)()
        model.get_field_deserializers()
        model.serialize(JsonSerializationWriter())
    drive = sdk.drives.by_drive_id("x")
    item = drive.items.by_drive_item_id("x")
    site_list = sdk.sites.by_site_id("x").lists.by_list_id("x")
    user, group = sdk.users.by_user_id("x"), sdk.groups.by_group_id("x")
    for built in (
        (item.children, item.content, item.create_upload_session, item.delta),
        (drive.list_.items.by_list_item_id("x").fields, drive.list_.columns),
        (user.calendars, sdk.sites.by_site_id("x").drive),
        (site_list.columns, site_list.items.by_list_item_id("x").fields),
        (user.send_mail, sdk.subscriptions.by_subscription_id("x")),
        (_calendar(user.calendar), _calendar(user.calendars.by_calendar_id("x"))),
        _calendar(group),
    ):
        del built


def _calendar(place: Any) -> Any:
    return place.calendar_view, place.events.by_event_id("x")
