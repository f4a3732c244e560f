"""The SDK's classes that this package uses, imported before the first request.

The SDK imports the class of an address when it is first built and the classes of an answer while it
is read, seconds of work; doing it in the thread that opens the connection keeps the loop free.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MODELS = {
    "calendar": "Calendar",
    "column_definition": "ColumnDefinition",
    "drive_item": "DriveItem",
    "event": "Event",
    "field_value_set": "FieldValueSet",
    "list_": "List_",
    "list_item": "ListItem",
    "message": "Message",
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


def preload(sdk: Any) -> None:
    """Build every address once and read one empty answer of each kind."""
    from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter

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
