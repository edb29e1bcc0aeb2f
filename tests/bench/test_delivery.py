"""What delivery came to is held against what was promised, and one thread plays a crowd."""

import socket
import threading

import pytest
from bench.client import BadAnswer
from bench.delivery.crowd import send
from bench.delivery.goals import goals
from bench.delivery.report import page


def results(*, ms=29.0, moment=49.0, flow=49.0, marks=300, answers=299.0, load=0.1):
    def wave(median):
        return {"median": median, "p95": 90.0, "rate": 400.0, "marks": 300}

    return {
        "load": load,
        "load_after": 0.2,
        "machine": {"Date": "2026-05-31"},
        "workers": 2,
        "threads": 4,
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


ALL = ["flow", "marking", "minute", "moment", "results", "table", "table100"]


def test_everything_measured_is_held_against_its_goal():
    assert sorted((goal.key, goal.met) for goal in goals(results())) == [
        (key, True) for key in ALL
    ]


@pytest.mark.parametrize(
    ("given", "missed"),
    (
        ({"ms": 30.0}, ["table", "table100", "marking"]),
        ({"moment": 50.0}, ["moment"]),
        ({"flow": 50.0}, ["flow"]),
        ({"marks": 299}, ["minute"]),
        ({"marks": 301}, ["minute"]),
        ({"answers": 300.0}, ["results"]),
    ),
)
def test_missed_goals_come_first(given, missed):
    found = goals(results(**given))
    assert [goal.key for goal in found if not goal.met] == missed
    assert [goal.key for goal in found[: len(missed)]] == missed


def test_the_page_says_what_is_missed_and_why():
    text = page(results(flow=170.0, load=3.0))
    assert "6 of 7 goals are met." in text
    assert (
        "- **Check-in, 50 phones are always on the way: median under 50 ms.**" in text
    )
    assert "The machine was busy with other work (load 3.0 before" in text
    assert "busy" not in page(results())


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
