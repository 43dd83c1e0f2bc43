"""Every way in which the bytes of an answer can fail to arrive, or must not be taken.

FetchError
├── Refused                  nothing was sent, or nothing more: our own rules forbid it
│   ├── BadAddress           not an http(s) address that we may ask
│   ├── PrivateAddress       the name leads into a private network
│   ├── BadRedirect          to another host, another scheme, or nowhere
│   │   └── TooManyRedirects
│   ├── RobotsDisallow       the site's robots.txt says no, or cannot be had
│   └── BreakerOpen          the host failed too often in a row
├── NetworkFault             the exchange broke off; asking again may help
│   ├── Unreachable          no such name, or nobody listens
│   ├── TimedOut             connecting or reading stood still for too long
│   │   └── DeadlinePassed   bytes came, but the whole answer took too long
│   ├── Interrupted          the connection was reset
│   └── Malformed            not HTTP, or headers without an end
├── UntrustedServer          the TLS certificate cannot be verified
├── BadBody                  the answer came, its body cannot be taken
│   ├── CutBody              shorter than announced, or its compression stops early
│   ├── DamagedBody          checksum, format, or bytes that do not belong there
│   ├── UnaskedEncoding      a content coding that was not asked for
│   └── BodyTooLarge         longer than the limit, as sent or unpacked
├── BadStatus                an answer that is no document
│   ├── NotFound             404
│   │   └── Gone             410
│   ├── Denied               401, 403, 407, 451
│   ├── TooManyRequests      429
│   ├── ServerFault          5xx, 408, 425
│   └── LostBody             304, and the body that it speaks of is nowhere
├── Busy                     the host asks us to come back much later
└── Stopped                  the fetcher was closed while this was waiting

`retryable` says whether asking again within the run may help. `code` is stable; scripts may rely on it. No message
holds a header, a body, a password or the value of a secret in an address.
"""

from __future__ import annotations

from scrapers.errors import FetchError


class Refused(FetchError):
    """Our own rules forbid this request."""

    code = "refused"


class BadAddress(Refused):
    """Not an http(s) address that we may ask."""

    code = "bad_address"


class PrivateAddress(Refused):
    """A name or number that leads into a private network."""

    code = "private_address"


class BadRedirect(Refused):
    """A redirect to another host, another scheme, or nowhere."""

    code = "bad_redirect"


class TooManyRedirects(BadRedirect):
    """More redirects than the limit, or a loop."""

    code = "too_many_redirects"


class RobotsDisallow(Refused):
    """The site's robots.txt says no, or could not be had."""

    code = "robots_disallow"


class BreakerOpen(Refused):
    """The host failed too often in a row and is left alone."""

    code = "breaker_open"


class NetworkFault(FetchError):
    """The exchange broke off before the answer was whole."""

    code = "network_fault"
    retryable = True


class Unreachable(NetworkFault):
    """No such name, or nobody listens."""

    code = "unreachable"


class TimedOut(NetworkFault):
    """Connecting, sending or reading stood still for too long."""

    code = "timed_out"


class DeadlinePassed(TimedOut):
    """The whole answer took longer than the deadline."""

    code = "deadline_passed"


class Interrupted(NetworkFault):
    """The connection was reset."""

    code = "interrupted"


class Malformed(NetworkFault):
    """Not HTTP, or headers without an end."""

    code = "malformed"


class UntrustedServer(FetchError):
    """The TLS certificate cannot be verified: no request was sent."""

    code = "untrusted_server"


class BadBody(FetchError):
    """The answer came, but its body cannot be taken."""

    code = "bad_body"


class CutBody(BadBody):
    """Shorter than announced, or compressed data that stops early."""

    code = "cut_body"
    retryable = True


class DamagedBody(BadBody):
    """A wrong checksum, a broken format, or bytes that do not belong there."""

    code = "damaged_body"
    retryable = True


class UnaskedEncoding(BadBody):
    """A content coding that was not asked for."""

    code = "unasked_encoding"


class BodyTooLarge(BadBody):
    """Longer than the limit, as sent or unpacked."""

    code = "body_too_large"


class BadStatus(FetchError):
    """An answer that is no document.

    Attributes:
        status: the number.
        retry_after_s: after how many seconds the host wants to be asked again, where it says so.
    """

    code = "bad_status"
    retry_after_s: float | None = None

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NotFound(BadStatus):
    """404: there is nothing at this address."""

    code = "not_found"


class Gone(NotFound):
    """410: there was something at this address, and it will not return."""

    code = "gone"


class Denied(BadStatus):
    """401, 403, 407 or 451: the host will not serve us."""

    code = "denied"


class TooManyRequests(BadStatus):
    """429: we ask too often."""

    code = "too_many_requests"
    retryable = True


class ServerFault(BadStatus):
    """5xx, 408 or 425: the fault lies with the host and may pass."""

    code = "server_fault"
    retryable = True


class LostBody(BadStatus):
    """304, and the body that it speaks of is nowhere."""

    code = "lost_body"


class Busy(FetchError):
    """The host asks us to come back later than we are ready to wait.

    Attributes:
        retry_after_s: what it asked for, in seconds.
    """

    code = "busy"

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Stopped(FetchError):
    """The fetcher was closed while this request was waiting its turn."""

    code = "stopped"
