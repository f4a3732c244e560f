"""Bodies that are no activities are refused with 4xx; no body makes the bot stumble."""

import contextlib
import gzip
import json
import random
import zlib

import pytest
from botbuilder.core.teams import TeamsActivityHandler
from hypothesis import given
from hypothesis import strategies as st

from bot.envelope import MAX_BODY, MAX_DEPTH, Unacceptable, parse_activity
from tests.bot.teams_edge import message

NESTED = b'{"a":' * 50_000 + b"1" + b"}" * 50_000


async def refused(bot, body, **headers):
    status, answer = await bot.post(body=body, **headers)
    assert not bot.turns
    assert answer is None or "error" in answer
    return status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b"null",
        b"42",
        b'"text"',
        b"[]",
        b"[{}]",
        b"{}",
        b"{'type':'message'}",
        b'{"type":"message"}',
        b'{"type":"message","value":NaN}',
        b'{"type":"message","value":Infinity}',
        b'{"type":"message","value":' + b"1" * 10_000 + b"}",
        b"\xff\xfe{\x00}\x00",
        b'{"type":"\xe9"}',
        b"\x1f\x8b\x08\x00",
        NESTED,
        b"[" * 200_000,
        b'{"type":"message","conversation":{"id":"a"},"value":' + b"[" * 500 + b"]" * 500 + b"}",
    ],
)
async def test_what_is_no_activity_is_refused(local_bot, body):
    assert await refused(local_bot, body) == 400


@pytest.mark.parametrize(
    "change",
    [
        {"type": None},
        {"type": 7},
        {"type": ""},
        {"conversation": None},
        {"conversation": "a:1"},
        {"conversation": {}},
        {"conversation": {"id": 5}},
        {"conversation": {"id": ""}},
        {"id": 17},
        {"text": ["hola"]},
        {"text": {"a": 1}},
        {"serviceUrl": 5},
        {"serviceUrl": ["http://localhost"]},
        {"channelId": {}},
        {"from": "ana"},
        {"from": {"id": {}}},
        {"recipient": []},
        {"channelData": "tenant"},
        {"channelData": [1]},
        {"entities": {}},
        {"entities": ["mention"]},
        {"attachments": [None]},
        {"membersAdded": "ana"},
        {"locale": 4},
        {"name": False},
    ],
)
async def test_a_field_of_another_kind_is_refused(local_bot, connector, change):
    body = json.dumps({**message("hola", connector.url), **change}).encode()
    assert await refused(local_bot, body) == 400


async def test_a_body_over_one_mebibyte_is_refused(local_bot, connector):
    body = json.dumps(message("x" * MAX_BODY, connector.url)).encode()
    assert await refused(local_bot, body) == 413


async def test_a_body_that_grows_over_one_mebibyte_without_saying_so_is_refused(local_bot):
    async def pieces():
        for _ in range(17):
            yield b" " * 65_536

    url = local_bot.server.make_url("/api/messages")
    sent = {"Content-Type": "application/json"}
    async with local_bot.http.post(url, data=pieces(), headers=sent) as answer:
        assert answer.status == 413


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_compressed_bomb_is_refused(local_bot, encoding):
    bomb = b'{"type":"' + b"a" * (60 * MAX_BODY)
    body = gzip.compress(bomb) if encoding == "gzip" else zlib.compress(bomb)
    assert await refused(local_bot, body, Content_Encoding=encoding) in (400, 413)


async def test_a_broken_compressed_body_is_refused(local_bot):
    assert await refused(local_bot, b"not gzip at all", Content_Encoding="gzip") in (400, 415)


async def test_a_compressed_activity_is_read(local_bot, connector):
    body = gzip.compress(json.dumps(message("hola", connector.url)).encode())
    assert (await local_bot.post(body=body, Content_Encoding="gzip"))[0] == 200
    assert local_bot.turns[0]["text"] == "hola"


async def test_an_activity_with_every_field_null_but_the_needed_is_read(local_bot, connector):
    activity = dict.fromkeys(message("hola", connector.url), None)
    needed = {
        "type": "message",
        "serviceUrl": connector.url,
        "conversation": {"id": "a:1"},
    }
    assert (await local_bot.post({**activity, **needed}))[0] == 200


async def test_a_charset_may_be_named(local_bot, connector):
    kind = "application/json; charset=utf-8"
    status, _ = await local_bot.post(message("¿qué?", connector.url), Content_Type=kind)
    assert status == 200


async def test_no_content_type_is_refused(local_bot, connector):
    status, _ = await local_bot.post(message("hola", connector.url), Content_Type="")
    assert status == 415


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_a_number_that_json_does_not_know_is_refused(constant):
    with pytest.raises(Unacceptable):
        parse_activity(b'{"value":' + constant + b"}")


def test_an_adaptive_card_as_deep_as_they_get_is_read():
    deep: dict = {"body": []}
    for _ in range(MAX_DEPTH // 2 - 2):
        deep = {"items": [deep]}
    assert parse_activity(json.dumps({"value": deep}).encode())


def test_half_characters_and_nul_are_taken_out_because_no_database_takes_them():
    read = parse_activity(rb'{"text":"a\ud83d b\u0000c \ud83d\ude00","\udc00":["\uD800"]}')
    assert read["text"] == "a\ufffd bc \U0001f600"
    json.dumps(read, ensure_ascii=False).encode()
    assert "\x00" not in json.dumps(read)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    with contextlib.suppress(Unacceptable):
        assert isinstance(parse_activity(body), dict)


@pytest.mark.parametrize("way", ["ours", "the SDK's"])
async def test_no_activity_makes_the_bot_answer_with_a_server_error(local_bot, connector, way):
    """Every field of an activity, replaced by anything JSON can hold."""
    local_bot.logic = lambda turn: turn.reply({"text": "hola"})
    if way != "ours":
        local_bot.classic = TeamsActivityHandler().on_turn
    dice = random.Random(7)
    whole = {**message("hola", connector.url), "entities": [], "attachments": [], "name": "x"}
    odd: list = [None, True, 0, -1.5, 10**30, "", "x", "\ud800", [], [1], [[]], {}, {"id": None}]
    for field in whole:
        for value in dice.sample(odd, len(odd)):
            status, _ = await local_bot.post({**whole, field: value})
            assert status < 500, (field, value)
