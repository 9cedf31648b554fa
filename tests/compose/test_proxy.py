"""The proxy of production, run natively: who may pass, and with which headers."""

import os
import re
import secrets
import shutil
import socket
import ssl
import subprocess
from base64 import b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPSConnection
from pathlib import Path

import pytest
import streamlit
from compose import composed
from compose.composed import ROOT
from compose.test_compose_file import VALUES
from docs.screenshots import CHROMIUM, PAGES, chromium, serving, settle
from tests.browser.conftest import publish_into
from tests.landing.offers import SAMPLES

from wijkbeeld.up import processes

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
IS_MISSING = NGINX is None or not CHROMIUM.exists()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        IS_MISSING and not os.environ.get("CI"),
        reason="no nginx or no Chromium: apt-get install nginx-light chromium",
    ),
]

HOSTS = {
    "PUBLIC_HOST": "wijk.localhost",
    "TEAM_HOST": "team.localhost",
    "AIRFLOW_HOST": "airflow.localhost",
}
# Hexadecimal: a password that begins with a dash would be taken for an option.
PASSWORD = secrets.token_hex(12)
TEAM = {"Authorization": f"Basic {b64encode(f'waldeck:{PASSWORD}'.encode()).decode()}"}

# Workers may read what pytest made, which is private to whoever runs the tests.
USER = "user root;" if os.geteuid() == 0 else ""
MAIN = """
daemon off;
pid FOLDER/pid;
error_log FOLDER/error.log;
events {}
http {
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    include FOLDER/wijkbeeld.conf.template;
}
"""


@contextmanager
def pages(home, role):
    """Serve the pages of a role with what compose tells its container."""
    given = composed.filled_in(VALUES | HOSTS)["services"][f"dashboards-{role}"]
    with pytest.MonkeyPatch.context() as patch:
        # What another container was told is not in the environment of this one.
        for name in [name for name in os.environ if name.startswith("STREAMLIT_")]:
            patch.delenv(name)
        for name, value in given["environment"].items():
            if name.startswith("STREAMLIT_"):
                patch.setenv(name, value)
        with serving(home, role) as address:
            yield address


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    publish_into(home, "proxied")
    return home


@pytest.fixture(scope="module")
def port(published, tmp_path_factory):
    """Run nginx on the configuration of production, before pages of both roles."""
    folder = tmp_path_factory.mktemp("nginx")
    port = processes.free_port(0)
    make_certificate(folder)
    hashed = subprocess.run(
        ["openssl", "passwd", "-6", PASSWORD], capture_output=True, check=True
    ).stdout.decode()
    (folder / "passwords").write_text(f"waldeck:{hashed}")
    with pages(published, "public") as public, pages(published, "team") as team:
        replaced = {
            **{f"${{{name}}}": host for name, host in HOSTS.items()},
            "listen 8443": f"listen 127.0.0.1:{port}",
            "/etc/nginx/wijkbeeld": str(folder),
            "/etc/nginx/tls": str(folder),
            "/etc/nginx/team": str(folder),
            "http://dashboards-public:8501": public,
            "http://dashboards-team:8501": team,
            "api-server:8080": f"127.0.0.1:{processes.free_port(0)}",
        }
        with proxying(folder, replaced):
            yield port


@contextmanager
def proxying(folder, replaced):
    """Run nginx on the configuration of production, with what is replaced in it."""
    for given in (ROOT / "docker/proxy").iterdir():
        text = given.read_text("utf-8")
        for name, here in replaced.items():
            text = text.replace(name, here)
        (folder / given.name).write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(
        USER + MAIN.replace("FOLDER", str(folder)), "utf-8"
    )
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True)
    nginx = processes.start("nginx", command, dict(os.environ), folder / "log")
    try:
        yield
    finally:
        processes.stop([nginx])


def make_certificate(folder):
    names = ",".join(f"DNS:{host}" for host in HOSTS.values())
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=wijkbeeld", "-addext", f"subjectAltName={names}",
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def get(port):
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE

    def ask(
        host: str,
        path: str = "/",
        headers: dict[str, str] | None = None,
        sent: bytes | None = None,
    ):
        raw = HTTPSConnection("127.0.0.1", port, context=trusting, timeout=20)
        raw.sock = trusting.wrap_socket(
            socket.create_connection(("127.0.0.1", port), 20),
            server_hostname=host,
        )
        method = "GET" if sent is None else "PUT"
        raw.request(method, path, sent, {"Host": host, **(headers or {})})
        answer = raw.getresponse()
        answer.said = answer.read()
        return answer

    return ask


@pytest.mark.parametrize("host", HOSTS.values())
def test_every_answer_carries_the_headers_that_protect_a_reader(get, host):
    headers = get(host).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert "/" not in headers.get("Server", "")


def test_residents_need_no_login(get):
    assert get(HOSTS["PUBLIC_HOST"]).status == 200


def test_a_reader_aloud_is_told_that_a_page_is_dutch(get):
    packed = {"Accept-Encoding": "gzip"}
    assert b'<html lang="nl">' in get(HOSTS["PUBLIC_HOST"], headers=packed).said


def test_the_team_needs_one(get):
    assert get(HOSTS["TEAM_HOST"]).status == 401
    assert get(HOSTS["TEAM_HOST"], "/_stcore/stream").status == 401
    wrong = {"Authorization": "Basic d2FsZGVjazp3YWxkZWNr"}
    assert get(HOSTS["TEAM_HOST"], headers=wrong).status == 401
    assert get(HOSTS["TEAM_HOST"], headers=TEAM).status == 200


def test_what_tasks_speak_to_is_not_there_for_others(get):
    assert get(HOSTS["AIRFLOW_HOST"], "/execution/health").status == 404


def test_another_name_gets_no_answer(get):
    with pytest.raises(ssl.SSLError):
        get("elders.localhost")


@pytest.mark.parametrize("path", ["", "/datakwaliteit"])
def test_residents_have_no_way_to_send_a_file(get, path):
    where = f"{path}/_stcore/upload_file/session/file"
    assert get(HOSTS["PUBLIC_HOST"], where, sent=b"x").status == 404


def test_a_file_of_the_team_needs_a_login_and_has_a_bound(get):
    host, where = HOSTS["TEAM_HOST"], "/_stcore/upload_file/session/file"
    large = {"Content-Length": str(60 << 20)}
    assert get(host, where, sent=b"x").status == 401
    assert get(host, where, TEAM | large, b"").status == 413
    # Past the proxy. Streamlit knows no such session and may close the connection
    # before the whole body is sent, for which the proxy has words of its own.
    assert get(host, where, TEAM, b"x" * (2 << 20)).status in {400, 403, 502}


@pytest.mark.parametrize("who", ["TEAM_HOST"])
def test_a_file_is_sent_through_the_proxy_and_lands_in_the_inbox(
    port, opened, published, who
):
    page, said = opened
    name, text = SAMPLES["watch__patrols"]
    page.goto(f"https://{HOSTS[who]}:{port}/datakwaliteit")
    settle(page)
    sent = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Zet in de inbox").click(timeout=180_000)
    page.get_by_text("wacht in de inbox").wait_for(timeout=60_000)
    assert (published / "inbox" / "watch__patrols" / name).read_text("utf-8") == text
    assert said == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["PUBLIC_HOST", "TEAM_HOST"])
def test_a_page_can_live_with_its_security_policy(port, opened, who, name):
    page, said = opened
    path = "" if name == "briefing" else name
    page.goto(f"https://{HOSTS[who]}:{port}/{path}")
    settle(page)
    assert page.locator("[data-testid=stException]").count() == 0
    assert said == []


@pytest.fixture
def opened(who):
    login = {"username": "waldeck", "password": PASSWORD}
    with chromium() as browser:
        context = browser.new_context(
            ignore_https_errors=True,
            http_credentials=login if who == "TEAM_HOST" else None,
        )
        page, said = context.new_page(), []
        # Below a path, Streamlit tries where it is served; a 404 there is no error.
        page.on("console", lambda m: said.append(m.text) if "Policy" in m.text else 0)
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page, said


def test_the_script_that_may_be_inline_is_the_one_of_streamlit():
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(
        r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", index.read_text("utf-8"), re.S
    )
    hashes = {b64encode(sha256(text.encode()).digest()).decode() for text in inline}
    policy = (ROOT / "docker/proxy/streamlit.conf").read_text("utf-8")
    assert set(re.findall(r"'sha256-(\S+)'", policy)) == hashes
