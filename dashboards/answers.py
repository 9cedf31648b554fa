"""Ask a running dashboard for every page, as a browser would.

The page arrives over a websocket, after the HTML that is the same for every address:
only a finished script run proves that a page renders. For each page of the menu this
sends what a browser sends when the page is opened, and reads what comes back until
the run has finished. It proves that the server runs each page on the current
publication without an exception or a refusal; not what it looks like (the browser
tests do).

Run as ``python -m dashboards.answers http://127.0.0.1:8501``: one line per page,
exit code 1 when one does not answer.
"""

import sys
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from dashboards import OLDER

_ANSWER_WITHIN_S = 60


class Answer(NamedTuple):
    """What came back for one page; ``fault`` is None when it rendered."""

    page: str
    fault: str | None


def answers(address: str) -> Iterator[Answer]:
    """Open every page of the menu in one session, the start page first."""
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    with connect(
        stream, origin=address, subprotocols=["streamlit"], max_size=None
    ) as browser:
        start = _open(browser, "")
        yield Answer("start page", _fault(start))
        menu = [m.navigation for m in start if m.HasField("navigation")]
        if not menu:
            yield Answer("menu", "the start page shows none")
            return
        for page in menu[-1].app_pages:
            received = _open(browser, page.page_script_hash)
            yield Answer(page.page_name, _fault(received))


def _open(browser: ClientConnection, page_hash: str) -> list[ForwardMsg]:
    asked = BackMsg()
    asked.rerun_script.page_script_hash = page_hash
    browser.send(asked.SerializeToString())
    received: list[ForwardMsg] = []
    while not received or not received[-1].HasField("script_finished"):
        message = ForwardMsg()
        message.ParseFromString(browser.recv(timeout=_ANSWER_WITHIN_S))
        received.append(message)
    return received


def _fault(received: list[ForwardMsg]) -> str | None:
    for message in received:
        if message.HasField("page_not_found"):
            return "not found"
        if message.delta.add_block.id.endswith(OLDER):
            return "the publication is of an older release"
        element = message.delta.new_element
        if element.HasField("exception"):
            return f"{element.exception.type}: {element.exception.message}"
    if received[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        return "its script was not compiled, or did not finish"
    if not any(message.HasField("delta") for message in received):
        return "it draws nothing"
    return None


def main() -> int:
    """Print a line per page; return 1 when one did not answer."""
    is_well = True
    for page, fault in answers(sys.argv[1]):
        is_well &= fault is None
        sys.stdout.write(f"{page}: {fault or 'answers'}\n")
        sys.stdout.flush()
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
