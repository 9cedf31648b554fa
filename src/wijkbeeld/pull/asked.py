"""Ask an OData service, whatever it answers: patiently, within bounds, or not at all.

A request is tried again when the trouble may pass: no connection, a stall, an answer
that breaks off or is no JSON, an error of the server. It is not when the answer would
be the same: an unknown table, a certificate that is not trusted, too large an answer.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, NamedTuple, NoReturn, Self
from urllib.parse import quote, urljoin, urlsplit

import httpx

from wijkbeeld.language import say
from wijkbeeld.settings import settings

PAGE = 10_000
"""Records that the service answers at most (FORMATS, police__open_data)."""
Record = dict[str, Any]

_TOO_MANY = re.compile(r"more than 10[.,]?000 records", re.IGNORECASE)
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _LONGEST_ASKED_FOR_S = 1.0, 60.0, 300.0
_CONNECT_S = 20.0
_MOST_PAGES = 1_000
_SAID = 300
_PLAIN = "(),'"
_MOVED, _REFUSED, _BROKEN = 300, 400, 500
_PASSING = {408, 425, 429}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class PullError(RuntimeError):
    """A table was not pulled, or not whole; the message says why."""


class OffError(PullError):
    """Pulling is switched off, as it is unless somebody says otherwise."""


class LaterError(PullError):
    """A table did not come, and may when it is pulled later."""


class TooManyError(PullError):
    """The answer holds more records than the service gives at once."""


class _PassingError(PullError):
    """What may be gone when it is asked again."""

    def __init__(self, reason: str, after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.after_s = after_s


class Answer(NamedTuple):
    """One page."""

    metadata: str | None
    records: list[Record]
    following: str | None


class Service:
    """The OData service of one table."""

    def __init__(
        self, address: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Prepare to ask; nothing leaves yet.

        Args:
            address: Where the entities of the table lie, without a slash at the end.
            sleep: How to wait before asking again.

        Raises:
            OffError: Pulling is switched off.
            PullError: The address is not one that may be asked.
        """
        if not settings().pull_is_on:
            raise OffError(
                say(
                    "ophalen staat uit, dus er gaat geen verzoek naar buiten; zet een "
                    "bestand zelf in de inbox, of zet ophalen aan met "
                    "WIJKBEELD_PULL_IS_ON=true"
                )
            )
        there = urlsplit(address)
        if there.scheme != "https" and there.hostname not in _LOOPBACK:
            raise PullError(
                say(
                    "{address}: alleen een adres dat begint met https:// wordt "
                    "bevraagd",
                    address=address,
                )
            )
        self.address = address
        self._sleep = sleep
        # Proxies and SSL_CERT_FILE come from the environment, as everywhere.
        self._client = httpx.Client(
            timeout=httpx.Timeout(settings().pull_stall_seconds, connect=_CONNECT_S),
            headers={"Accept": "application/json", "User-Agent": "wijkbeeld"},
        )

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the connection."""
        self._client.close()

    def pages(self, entity: str, **options: str) -> Iterator[Answer]:
        """Yield the pages of an answer, following the service from one to the next.

        Args:
            entity: Such as ``TypedDataSet``.
            options: Of the query, without ``$``: ``filter``, ``select``, …

        Raises:
            TooManyError: It is cut off, or would be.
            LaterError: It does not come now.
            PullError: It never will, or is not an answer of this service.
        """
        asked = "&".join(f"${n}={quote(v, _PLAIN)}" for n, v in options.items())
        following: str | None = f"{self.address}/{entity}" + (asked and f"?{asked}")
        seen: set[str] = set()
        while following:
            if following in seen or len(seen) == _MOST_PAGES:
                raise _endless(following)
            seen.add(following)
            answer = self._ask(following)
            if len(answer.records) == PAGE and not answer.following:
                raise TooManyError(f"{following}: {PAGE} records")
            yield answer
            following = answer.following and self._ours(following, answer.following)

    def skipping(self, entity: str, **options: str) -> Iterator[Answer]:
        """Yield the pages of an answer, asking for one after the other by number.

        For a service that refuses the whole, and names no next page.

        Raises:
            PullError: As ``pages``.
        """
        top = PAGE // 2
        for number in range(_MOST_PAGES):
            counted = {"top": str(top), "skip": str(number * top)}
            page = list(self.pages(entity, **options, **counted))
            yield from page
            if sum(len(answer.records) for answer in page) < top:
                return
        raise _endless(f"{self.address}/{entity}")

    def records(self, entity: str) -> list[Record]:
        """Return all records of a short list, such as that of the periods."""
        return [record for page in self.pages(entity) for record in page.records]

    def _ours(self, asked: str, following: str) -> str:
        """Return where the next page is: nowhere but where we asked."""
        absolute = urljoin(asked, following)
        ours, there = urlsplit(self.address), urlsplit(absolute)
        is_ours = there[:2] == ours[:2] and there.path.startswith(f"{ours.path}/")
        if not is_ours or ".." in there.path:
            raise PullError(
                say(
                    "{address}: de volgende pagina zou ergens anders staan: {there}",
                    address=asked,
                    there=absolute,
                )
            )
        return absolute

    def _ask(self, address: str) -> Answer:
        tries = settings().pull_tries
        for number in range(1, tries + 1):
            try:
                return _answer(address, self._body(address))
            except _PassingError as reason:
                if number == tries:
                    raise LaterError(
                        say("{reason} ({n} keer geprobeerd)", reason=reason, n=tries)
                    ) from None
                self._sleep(reason.after_s or _pause(number))
        raise AssertionError

    def _body(self, address: str) -> bytes:
        try:
            with self._client.stream("GET", address) as response:
                body = _bounded(response, address)
        except httpx.TimeoutException as stall:
            raise _PassingError(
                say(
                    "{address}: geen antwoord ({why})",
                    address=address,
                    why=_kind(stall),
                )
            ) from None
        except (httpx.RequestError, httpx.InvalidURL) as trouble:
            if "CERTIFICATE_VERIFY_FAILED" in str(trouble):
                raise PullError(
                    say(
                        "{address}: het certificaat wordt niet vertrouwd; opent een "
                        "proxy het verkeer, noem dan het certificaat van zijn uitgever "
                        "in SSL_CERT_FILE ({why})",
                        address=address,
                        why=trouble,
                    )
                ) from None
            raise _PassingError(f"{address}: {_kind(trouble)}: {trouble}") from None
        if response.status_code >= _MOVED:
            _refuse(address, response, body.decode("utf-8", "replace"))
        return body


def _endless(address: str) -> PullError:
    return PullError(
        say("{address}: de pagina's van dit antwoord houden niet op", address=address)
    )


def _bounded(response: httpx.Response, address: str) -> bytes:
    """Return the body; give up on one that is too large, or trickles for ever."""
    limit = settings().pull_answer_limit_bytes
    deadline = time.monotonic() + settings().pull_answer_seconds
    body = bytearray()
    for block in response.iter_bytes():
        body += block
        if len(body) > limit:
            raise PullError(
                say(
                    "{address}: het antwoord is groter dan {limit} bytes "
                    "(WIJKBEELD_PULL_ANSWER_LIMIT_BYTES)",
                    address=address,
                    limit=limit,
                )
            )
        if time.monotonic() > deadline:
            raise _PassingError(
                say("{address}: er komt geen einde aan het antwoord", address=address)
            )
    return bytes(body)


def _refuse(address: str, response: httpx.Response, text: str) -> NoReturn:
    status, said = response.status_code, text[:_SAID]
    if _TOO_MANY.search(text):
        raise TooManyError(f"{address}: {said}")
    if status < _REFUSED:
        raise PullError(
            say(
                "{address}: dit is verhuisd naar {there}; klopt dat, verander dan het "
                "adres in de instellingen",
                address=address,
                there=response.headers.get("Location"),
            )
        )
    if status in _PASSING or status >= _BROKEN:
        raise _PassingError(f"{address}: {status} {said}", _asked_for(response))
    raise PullError(f"{address}: {status} {said}")


def _answer(address: str, body: bytes) -> Answer:
    try:
        told = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as reason:
        raise _PassingError(
            say(
                "{address}: het antwoord is geen JSON ({why})",
                address=address,
                why=reason,
            )
        ) from None
    members: Record = told if isinstance(told, dict) else {}
    if error := members.get("odata.error") or members.get("error"):
        if _TOO_MANY.search(str(error)):
            raise TooManyError(f"{address}: {str(error)[:_SAID]}")
        raise _PassingError(f"{address}: {str(error)[:_SAID]}")
    records = members.get("value")
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise _PassingError(
            say("{address}: het antwoord is geen lijst met rijen", address=address)
        )
    following = members.get("odata.nextLink") or members.get("@odata.nextLink")
    metadata = members.get("odata.metadata") or members.get("@odata.context")
    return Answer(
        metadata if isinstance(metadata, str) else None,
        records,
        following if isinstance(following, str) else None,
    )


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _pause(number: int) -> float:
    """Return how long to wait after a try: ever longer, and never together."""
    longest = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**number)
    return random.uniform(_FIRST_PAUSE_S / 2, longest)  # noqa: S311 - no secret


def _asked_for(response: httpx.Response) -> float:
    """Return the pause that the service asks for, within reason; 0 for none."""
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_ASKED_FOR_S) if asked.isdecimal() else 0.0


def _kind(error: Exception) -> str:
    return type(error).__name__
