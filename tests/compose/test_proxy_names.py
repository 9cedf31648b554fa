"""The proxy finds a container again that got another address, run natively."""

import os
import socket
import ssl
import struct
import threading
import time
from contextlib import contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from compose.test_proxy import HOSTS, NGINX, make_certificate, proxying

from wijkbeeld.up import processes

pytestmark = pytest.mark.skipif(
    NGINX is None and not os.environ.get("CI"),
    reason="no nginx: apt-get install nginx-light",
)

FIRST, THEN = "127.0.0.2", "127.0.0.3"


@contextmanager
def names(addresses):
    """Answer who asks for a name as Docker does, with the address it has now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.bind(("127.0.0.1", 0))

        def answer():
            while True:
                question, who = asked.recvfrom(512)
                end = question.index(b"\0", 12)
                name = question[13:end].decode("latin-1")
                # As long as Docker says an address holds: ten minutes.
                found = struct.pack(">HHHIH", 0xC00C, 1, 1, 600, 4)
                asked.sendto(
                    question[:2] + b"\x81\x80\0\1\0\1\0\0\0\0"
                    + question[12 : end + 5] + found
                    + socket.inet_aton(addresses[name]),
                    who,
                )  # fmt: skip

        threading.Thread(target=answer, daemon=True).start()
        yield asked.getsockname()[1]


@contextmanager
def page(address, port):
    """Serve a page that says at which address it is."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"{address} {self.path}".encode())

        def log_message(self, *_):
            return

    with HTTPServer((address, port), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def ask(port, path):
    """Return what residents are told, or nothing while nobody answers."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    connection = HTTPSConnection("127.0.0.1", port, context=trusting, timeout=20)
    try:
        connection.sock = trusting.wrap_socket(
            socket.create_connection(("127.0.0.1", port), 20),
            server_hostname=HOSTS["PUBLIC_HOST"],
        )
    except ConnectionError:
        return ""
    connection.request("GET", path, headers={"Host": HOSTS["PUBLIC_HOST"]})
    return connection.getresponse().read().decode()


def until(port, path, wanted):
    deadline = time.monotonic() + 20
    while (said := ask(port, path)) != wanted and time.monotonic() < deadline:
        time.sleep(0.2)
    assert said == wanted


def test_a_container_that_is_made_anew_is_found_at_its_new_address(tmp_path):
    make_certificate(tmp_path)
    (tmp_path / "passwords").touch()
    port, served = processes.free_port(0), processes.free_port(0)
    addresses = {"dashboards-public": FIRST}
    with names(addresses) as asked, page(FIRST, served), page(THEN, served):
        replaced = {
            **{f"${{{name}}}": host for name, host in HOSTS.items()},
            "listen 8443": f"listen 127.0.0.1:{port}",
            "/etc/nginx/wijkbeeld": str(tmp_path),
            "/etc/nginx/tls": str(tmp_path),
            "/etc/nginx/team": str(tmp_path),
            "resolver 127.0.0.11 valid=10s": f"resolver 127.0.0.1:{asked} valid=1s",
            "dashboards-public:8501": f"dashboards-public:{served}",
        }
        with proxying(tmp_path, replaced):
            until(port, "/maand?delict=1.1.1", f"{FIRST} /maand?delict=1.1.1")
            addresses["dashboards-public"] = THEN
            until(port, "/", f"{THEN} /")
