"""An OData service of our own on loopback, with all the moods of a real one."""

import json
import re
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOO_MANY = {
    "odata.error": {
        "code": "",
        "message": {"value": "The query returns more than 10000 records."},
    }
}
REGIONS = ["NL00      ", "GM0518    ", "WK051817  ", "BU05181785", "BU05181786"]
OFFENCES = ["0.0.0 ", "1.1.1 ", "2.6.10"]
PROPERTIES = [
    {"Type": "Dimension", "Key": "SoortMisdrijf"},
    {"Type": "GeoDetail", "Key": "WijkenEnBuurten"},
    {"Type": "TimeDimension", "Key": "Perioden"},
    {"Type": "TopicGroup", "Key": ""},
    {"Type": "Topic", "Key": "GeregistreerdeMisdrijven_1"},
]


class Table:
    """The figures of one table, and how the service gives them."""

    def __init__(self, number="47022NED", periods=("2026MM08", "2026MM09")):
        self.number = number
        self.modified = "2026-10-15T02:00:00"
        self.reason = "Actualisering"
        self.statuses = dict.fromkeys(periods, "Voorlopig")
        self.regions = list(REGIONS)
        self.most = 10_000
        """Records that it answers at once; more is an error."""
        self.page = None
        """Records on a page; then it names the next one."""
        self.records = crimes

    def entity(self, name):
        """Return the records of a short list."""
        return {
            "TableInfos": [
                {
                    "Identifier": self.number,
                    "Modified": self.modified,
                    "ReasonDelivery": self.reason,
                    "Period": "2025",
                }
            ],
            "DataProperties": PROPERTIES,
            "Perioden": [
                {"Key": key, "Title": key, "Status": status}
                for key, status in self.statuses.items()
            ],
            "SoortMisdrijf": [{"Key": code} for code in OFFENCES],
            "WijkenEnBuurten": [{"Key": code} for code in self.regions],
        }[name]


def crimes(table):
    """Yield a record per offence, region and period."""
    cells = (
        (offence, region, period)
        for period in table.statuses
        for offence in OFFENCES
        for region in table.regions
    )
    for number, (offence, region, period) in enumerate(cells):
        yield {
            "ID": number,
            "SoortMisdrijf": offence,
            "WijkenEnBuurten": region,
            "Perioden": period,
            "GeregistreerdeMisdrijven_1": number if number % 7 else None,
        }


def chosen(records, condition):
    """Return the records that a filter leaves: starts and equals, joined by and."""
    for part in filter(None, condition.split(" and ")):
        starts = re.findall(r"startswith\((\w+),'([^']*)'\)", part)
        equals = re.fullmatch(r"(\w+) eq '([^']*)'", part)
        if starts:
            records = [r for r in records if any(r[c].startswith(v) for c, v in starts)]
        else:
            assert equals, part
            records = [r for r in records if r[equals[1]] == equals[2]]
    return records


class Service:
    """Tables behind an address; moods befall requests, in order, and pass."""

    def __init__(self):
        self.tables = {}
        self.asked = []
        """Addresses that were asked for, without host."""
        self.moods = defaultdict(list)
        """Per entity, what befalls the next requests for it."""
        self.lasting = {}
        """Per entity, what befalls every request."""
        self.lock = threading.Lock()
        self.stop = threading.Event()
        self.address = ""

    def add(self, table):
        self.tables[table.number] = table
        return table

    def figures(self):
        """Return the filters that figures were asked for with."""
        return [
            parse_qs(urlsplit(path).query).get("$filter", [""])[0]
            for path in self.asked
            if "TypedDataSet" in path
        ]

    def answer(self, table, entity, options):
        if entity != "TypedDataSet":
            return 200, {"value": table.entity(entity)}
        records = chosen(list(table.records(table)), options.get("$filter", ""))
        first = int(options.get("$skip", 0))
        whole, records = records, records[first:]
        top = int(options.get("$top", len(records)))
        if min(top, len(records)) > table.most:
            return 500, TOO_MANY
        told = {
            "odata.metadata": f"{self.address}/{table.number}/$metadata#"
            "Cbs.OData.WebAPI.TypedDataSet"
        }
        told["value"] = records[:top]
        if table.page and len(records) > table.page:
            told["value"] = records[: table.page]
            skipped = first + table.page
            assert skipped < len(whole)
            told["odata.nextLink"] = (
                f"{self.address}/{table.number}/TypedDataSet?"
                f"$filter={options.get('$filter', '')}&$skip={skipped}".replace(
                    " ", "%20"
                )
            )
        if select := options.get("$select"):
            kept = select.split(",")
            told["value"] = [{c: r[c] for c in kept if c in r} for r in told["value"]]
        return 200, told


@contextmanager
def serving(context=None):
    """Yield a service that listens on loopback."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            with service.lock:
                service.asked.append(self.path)
                parts = urlsplit(self.path)
                number, entity = parts.path.split("/")[-2:]
                options = {k: v[0] for k, v in parse_qs(parts.query).items()}
                moods = service.moods[entity]
                mood = moods.pop(0) if moods else service.lasting.get(entity)
                table = service.tables.get(number)
                status, told = (
                    service.answer(table, entity, options) if table else (404, {})
                )
            body = json.dumps(told).encode()
            (mood or plainly)(self, status, body)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            pass  # whoever asked has hung up, as some moods are meant to make it

    server = Server(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if context else "http"
    service.address = f"{scheme}://127.0.0.1:{server.server_port}/OData"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        service.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def plainly(handler, status, body, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def error(status, text="busy", **headers):
    return lambda handler, *_: plainly(handler, status, text.encode(), **headers)


def garbage(text):
    return lambda handler, *_: plainly(handler, 200, text.encode())


def other(change):
    """Answer with the real answer, changed."""

    def answer(handler, status, body):
        told = json.loads(body)
        change(told)
        plainly(handler, status, json.dumps(told).encode())

    return answer


def cut(handler, status, body):
    """Close the connection in the middle of the body."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def hang_up(handler, status, body):
    """Close the connection without a word."""
    handler.close_connection = True


def stall(handler, status, body):
    """Begin, and then say nothing until the other side is gone."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[:10])
    handler.rfile.read(1)
    handler.close_connection = True


def trickle(handler, status, body):
    """Give a little often enough, without end."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(10**9))
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        time.sleep(0.01)


def flood(handler, status, body):
    """Give ever more."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)
