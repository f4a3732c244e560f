"""The commands, one module a noun; this list is the only place that names them all."""

from bot.commands import (
    ask,
    documents,
    help,
    meetings,
    members,
    minutes,
    places,
    questions,
    requests,
)

COMMANDS = (
    *questions.NUMBERED,
    *ask.COMMANDS,
    *questions.COMMANDS,
    *meetings.COMMANDS,
    *minutes.COMMANDS,
    *requests.COMMANDS,
    *documents.COMMANDS,
    *members.COMMANDS,
    *places.COMMANDS,
    *help.COMMANDS,
)
