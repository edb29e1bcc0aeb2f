"""What delivery came to is held against what was promised, and one thread plays a crowd."""

import socket
import threading

import pytest
from bench.client import BadAnswer
from bench.delivery import goals
from bench.delivery.crowd import send

from tests.bench.verdicts import missed


def results(*, ms=29.0, moment=49.0, flow=49.0, marks=300, answers=299.0):
    def wave(median):
        return {"median": median, "p95": 90.0, "rate": 400.0, "marks": 300}

    return {
        "pages": {
            **{
                name: {"ms": ms, "floor_ms": 10.0, "kib": 50.0}
                for name in ("table", "table100", "marking")
            },
            "results": {"ms": answers, "kib": 90.0},
        },
        "waves": {
            "moment": wave(moment),
            "flow": wave(flow),
            "alone": wave(9.0),
        },
        "minute": {
            **wave(9.0),
            "marks": marks,
            "people": 300,
            "receipts": 300,
            "seconds": 59.0,
            "all_median": 30.0,
        },
    }


@pytest.mark.parametrize(
    ("given", "keys"),
    (
        ({}, []),
        ({"ms": 30.0}, ["marking", "table", "table100"]),
        ({"moment": 50.0}, ["moment"]),
        ({"flow": 50.0}, ["flow"]),
        ({"marks": 299}, ["minute"]),
        ({"marks": 301}, ["minute"]),
        ({"answers": 300.0}, ["results"]),
    ),
)
def test_what_is_measured_is_held_against_its_goal(given, keys):
    assert missed(goals, results(**given)) == keys


@pytest.fixture
def answering():
    """Return what starts a server that gives one answer to every request, and its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    heard = []

    def serve(answer):
        def one(wire):
            with wire:
                while asked := wire.recv(1000):
                    heard.append(asked)
                    wire.sendall(answer[:9])
                    wire.sendall(answer[9:])

        def accept():
            while True:
                try:
                    wire, _address = listening.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(wire,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return listening.getsockname()[1], heard

    yield serve
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


FOUND = b"HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize("refill", (True, False))
def test_every_phone_is_answered_once(answering, refill):
    port, heard = answering(FOUND)
    requests = [f"one {n}".encode() for n in range(7)]
    found = send(port, requests, at_once=3, refill=refill, must=b"HTTP/1.1 302")
    assert (len(found), sorted(heard)) == (7, requests)


def test_another_answer_is_no_check_in(answering):
    port, _heard = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")
    with pytest.raises(BadAnswer, match="200 OK"):
        send(port, [b"one"], at_once=1, refill=True, must=b"HTTP/1.1 302")
