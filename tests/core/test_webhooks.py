"""What a webhook's call says, how it is signed, and where it may not go."""

import hashlib
import hmac
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from core import webhooks
from core.webhooks import NotDelivered, deliver, find_address, find_fault, is_public, new_secret, sign


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://hooks.example.com/x?y=1", None),
        ("https://hooks.example.com:8443", None),
        ("http://hooks.example.com", "it must begin with https://"),
        ("ftp://hooks.example.com", "it must begin with https://"),
        ("hooks.example.com", "it must begin with https://"),
        ("https://", "it names no host"),
        ("https://user:secret@hooks.example.com", "it may not hold a password or a port 0"),
        ("https://hooks.example.com:99999", "it is no address"),
        ("https://hooks.example.com/" + "x" * 3000, "it is too long, or holds characters that an address cannot have"),
        ("https://hooks.example.com/a b", "it is too long, or holds characters that an address cannot have"),
    ],
)
def test_an_address_is_judged_before_it_is_kept(url, fault):
    assert find_fault(url, allow_private=False) == fault


def test_plain_http_goes_where_the_configuration_allows_private_addresses():
    assert find_fault("http://127.0.0.1:9000/hook", allow_private=True) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "fe80::1",
        "fe80::1%eth0", "fc00::1", "100.64.0.1", "224.0.0.1", "ff02::1", "240.0.0.1", "255.255.255.255", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "::127.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "fec0::1",
        "64:ff9b:1::a00:1", "2001:0:7f00:1::1", "100::1", "2001:db8::1", "198.18.0.1", "0.1.2.3",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_addresses_outside_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_no_call_goes_inside_by_whatever_spelling(host):
    with pytest.raises(NotDelivered):
        find_address(urlsplit(f"https://{host}/"), allow_private=False)


def test_the_receiver_can_check_the_signature():
    secret = new_secret()
    moment, signature = sign(b'{"event":"test"}', secret=secret, moment=1_700_000_000).split(",")
    assert moment == "t=1700000000"
    assert signature == "v1=" + hmac.new(secret.encode(), b'1700000000.{"event":"test"}', hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n", "no answer within"),
        (b"H", "no answer within"),
        (b"HTTP/1.1 500 Oh\r\nX: ", "answered 500"),
    ],
    ids=["going on", "a byte", "a header"],
)
def test_a_receiver_that_never_comes_to_an_end_is_hung_up_on(monkeypatch, said, ends):
    """The worker has four places for all workspaces' jobs, imports among them."""
    monkeypatch.setattr(webhooks, "LONGEST_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        called = pool.submit(deliver, url, b"{}", {}, allow_private=True)
        line, _ = listener.accept()
        with line:
            line.sendall(said)
            with pytest.raises(NotDelivered, match=ends):
                called.result()
