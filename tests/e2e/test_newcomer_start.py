"""How the product starts for a newcomer, and what it says where something is in the way."""

import socket
import time
from contextlib import closing

import pytest

from tests.e2e.application import Application
from tests.e2e.needs import need_playground

pytestmark = pytest.mark.slow


def taken(port: int) -> socket.socket:
    """Somebody else's program on that port."""
    return socket.create_server(("127.0.0.1", port))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def becomes_free(port: int) -> bool:
    """Whether nobody listens there after a moment, which an ending process needs."""
    for _ in range(100):
        if is_free(port):
            return True
        time.sleep(0.1)
    return False


def start_and_fail(application: Application) -> str:
    """What it says when it can't start."""
    with pytest.raises(AssertionError, match="ended while starting"):
        application.start()
    return application.log.read_text()


@pytest.mark.browser
def test_it_prints_the_three_links_and_ctrl_c_stops_everything(tmp_path):
    need_playground()
    application = Application(tmp_path)
    application.start()
    said = application.log.read_text()
    assert application.stop() == 0
    for port in (application.port, application.sandbox_port, application.playground_port):
        assert f":{port}" in said
        assert is_free(port)
    assert "Traceback" not in application.log.read_text()


def test_a_taken_port_of_the_bot_is_named_with_the_way_out(tmp_path):
    application = Application(tmp_path)
    with closing(taken(application.port)):
        said = start_and_fail(application)
    assert f"{application.port} is taken" in said
    assert "PORT=" in said
    assert "Traceback" not in said


def test_a_taken_port_of_the_sandbox_is_named_with_the_way_out(tmp_path):
    application = Application(tmp_path)
    with closing(taken(application.sandbox_port)):
        said = start_and_fail(application)
    assert f"{application.sandbox_port} is taken" in said
    assert "SANDBOX_PORT=" in said
    assert "Traceback" not in said


def test_a_taken_port_of_the_playground_leaves_bot_and_sandbox_running(tmp_path):
    need_playground()
    application = Application(tmp_path)
    with closing(taken(application.playground_port)), application:
        assert "PLAYGROUND_PORT=" in application.log.read_text()


def test_without_node_bot_and_sandbox_run_and_it_says_what_to_install(tmp_path):
    application = Application(tmp_path, settings={"PATH": str(tmp_path)})
    with application:
        assert "Node.js is missing" in application.log.read_text()
        assert application.stop() == 0


@pytest.mark.browser
def test_a_killed_product_leaves_no_playground_behind(tmp_path):
    need_playground()
    application = Application(tmp_path)
    application.start()
    application.kill()
    assert becomes_free(application.playground_port)
