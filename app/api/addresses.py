"""Which addresses a result may be fetched from: the answer that names them is foreign text."""

import ipaddress

import httpx

from app.model.errors import BadLink

MAX_URL = 8192


def picture_url(text: str, base: httpx.URL) -> httpx.URL:
    """`text` as an address to fetch a picture from; raises `BadLink` for one that is refused.

    Only https, without user name and not on the link-local network, where machines keep their
    secrets. This machine's own addresses only for a `base` that is near: on this machine too, or
    plain http, which is never far. Plain http only there, from this machine or the host of `base`.
    """
    try:
        url = httpx.URL(text if len(text) <= MAX_URL else "")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _refused(text) from error
    if url.userinfo or not url.host or not _is_fitting(url, base):
        raise _refused(text)
    return url


def _is_fitting(url: httpx.URL, base: httpx.URL) -> bool:
    if url.scheme not in {"https", "http"} or _is_link_local(url.host):
        return False
    here = _is_loopback(url.host)
    if base.scheme == "http" or _is_loopback(base.host):
        return url.scheme == "https" or here or url.host == base.host
    return url.scheme == "https" and not here


def _is_loopback(host: str) -> bool:
    """Whether `host` is this machine."""
    address = _address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _is_link_local(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_link_local


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _refused(text: str) -> BadLink:
    # The address itself stays out of the message: what signs it is a secret.
    scheme = text.partition(":")[0] if ":" in text[:10] else ""
    return BadLink(f"not an address to fetch from ({scheme})" if scheme else "no address")
