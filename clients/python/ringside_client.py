"""Connects a model to Ringside with nothing but the standard library.

    camera = Client("127.0.0.1", 8080, token, "s1")
    at_us, err_us = camera.now_us()
    camera.report({"kind": "jab", "corner": "red", "at_us": at_us,
                   "err_us": err_us, "conf_ppm": 800_000})
    camera.pump()

One thread uses one client; `pump` does everything there is to do and returns.
docs/VISION.md says what the messages mean.
"""

import base64
import collections
import hashlib
import http.client
import json
import os
import socket
import struct
import time

API = "/api/v1"
# The node remembers the answers to the last 16 batches: fewer may be open.
OPEN_MAX = 8
ITEMS_MAX = 64
MESSAGE_MAX = 1 << 20
# The node says something every second; after this long the line is dead.
SILENCE_S = 5.0
HEARTBEAT_S = 0.5
CLOCK_S = 2.0
BURST = 8


class Lost(OSError):
    """The connection is gone."""


def local_us():
    return time.monotonic_ns() // 1_000


class WebSocket:
    """A client of RFC 6455, text messages only."""

    def __init__(self, host, port, token, timeout=5.0):
        self._socket = socket.create_connection((host, port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._bytes = bytearray()
        self._message = bytearray()
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall((
            f"GET {API}/stream HTTP/1.1\r\nHost: {host}:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: ringside.v1\r\n"
            f"Authorization: Bearer {token}\r\n\r\n").encode())
        while b"\r\n\r\n" not in self._bytes:
            self._fill(timeout)
        head, _, rest = bytes(self._bytes).partition(b"\r\n\r\n")
        self._bytes = bytearray(rest)
        self._check(head.decode("latin-1"), key)

    def _check(self, head, key):
        lines = head.split("\r\n")
        if " 101 " not in lines[0] + " ":
            raise PermissionError(f"the node refused the stream: {lines[0]}")
        magic = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        want = base64.b64encode(hashlib.sha1(magic.encode()).digest()).decode()
        fields = {k.lower(): v.strip() for k, _, v in
                  (line.partition(":") for line in lines[1:])}
        if fields.get("sec-websocket-accept") != want:
            raise Lost("this is no WebSocket server")

    def _fill(self, timeout):
        self._socket.settimeout(max(timeout, 0.001))
        got = self._socket.recv(65_536)
        if not got:
            raise Lost("the node closed the connection")
        self._bytes += got

    def _write(self, opcode, payload):
        mask = os.urandom(4)
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0xFF, size)
        pad = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(payload, "big")
                  ^ int.from_bytes(pad, "big")).to_bytes(size, "big")
        self._socket.settimeout(5.0)
        self._socket.sendall(head + mask + masked)

    def send(self, text):
        self._write(0x1, text.encode())

    def _frame(self):
        """One frame out of the bytes at hand, or None."""
        b = self._bytes
        if len(b) < 2:
            return None
        size, at = b[1] & 0x7F, 2
        if size > 125:
            at = 4 if size == 126 else 10
            if len(b) < at:
                return None
            size = int.from_bytes(b[2:at], "big")
        if size > MESSAGE_MAX:
            raise Lost("a message is too long")
        if len(b) < at + size:
            return None
        frame = (b[0] & 0x80, b[0] & 0x0F, bytes(b[at:at + size]))
        del b[:at + size]
        return frame

    def receive(self, timeout):
        """The next text, or None if there is none in time. Raises `Lost`."""
        end = time.monotonic() + timeout
        while True:
            frame = self._frame()
            if frame is None:
                left = end - time.monotonic()
                if left <= 0:
                    return None
                try:
                    self._fill(left)
                except TimeoutError:
                    return None
                continue
            text = self._take(*frame)
            if text is not None:
                return text

    def _take(self, last, opcode, payload):
        if opcode == 0x8:
            self._write(0x8, payload[:2])
            raise Lost("the node said good-bye")
        if opcode == 0x9:
            self._write(0xA, payload)
        elif opcode in (0x0, 0x1):
            self._message += payload
            if len(self._message) > MESSAGE_MAX:
                raise Lost("a message is too long")
            if last:
                text = self._message.decode()
                self._message.clear()
                return text
        return None

    def close(self):
        try:
            self._write(0x8, struct.pack("!H", 1000))
        except OSError:
            pass
        self._socket.close()


class Clock:
    """The node's time from exchanges, with a bound that holds.

    The node read its clock at s1 and s2, between c0 and c3 of ours: its time
    less ours lies in [s2 - c3, s1 - c0]. Intervals are widened by how far two
    clocks can drift apart, and all that are kept are intersected.
    """

    DRIFT_PPM = 200
    KEPT = 32

    def __init__(self):
        self._seen = collections.deque(maxlen=self.KEPT)

    def add(self, c0, s1, s2, c3):
        if c0 <= c3 and s1 <= s2:
            self._seen.append((s2 - c3, s1 - c0, c3))

    def offset(self, at):
        """Offset and its bound at our time `at`, or None before the first."""
        low = high = None
        for least, most, c3 in reversed(self._seen):
            slack = abs(at - c3) * self.DRIFT_PPM // 1_000_000 + 2
            a, b = least - slack, most + slack
            if low is not None and (a > high or b < low):
                break  # a clock stepped; what is older says nothing
            low = a if low is None else max(low, a)
            high = b if high is None else min(high, b)
        if low is None:
            return None
        return (low + high) // 2, (high - low + 1) // 2


class Client:
    """One source: batches by number, credit, life signs, a clock.

    What is reported waits in a queue of `queue_max` items; the oldest go when
    it is full (`dropped`). A batch keeps its number until it is answered, over
    as many connections as that takes, so each item is taken once.
    """

    def __init__(self, host, port, token, source, queue_max=256):
        self._host, self._port, self._token = host, port, token
        self.source = source
        self._queue = collections.deque()
        self._queue_max = queue_max
        self._open = {}  # number -> (items, not before)
        self._next = None
        self.credit = 0
        self.in_view = True
        self.clock = Clock()
        self.taken = self.no_strikes = self.dropped = 0
        self.resent = self.connections = 0
        self.refused = []
        self.quarantine = "none"
        self._ws = self._http = None
        self._pause = 0.05
        self._connect_at = self._beat_at = self._clock_at = 0.0
        self._clock_n = self._burst = 0
        self._asked = None
        self._heard = 0.0

    # -- for the model --------------------------------------------------------

    def now_us(self, patience=10.0):
        """The node's time and its bound; waits for the first exchange."""
        end = time.monotonic() + patience
        while True:
            at = local_us()
            found = self.clock.offset(at)
            if found:
                return at + found[0], found[1]
            if time.monotonic() > end:
                raise Lost("the node does not answer")
            self.pump(0.05)

    def server_us(self, monotonic_us):
        """The node's time of a moment of `time.monotonic_ns() // 1000`."""
        self.now_us()
        offset, err = self.clock.offset(monotonic_us)
        return monotonic_us + offset, err

    def report(self, item):
        if len(self._queue) >= self._queue_max:
            self._queue.popleft()
            self.dropped += 1
        self._queue.append(item)

    def pump(self, timeout=0.01):
        """Connects, sends what is due and reads for `timeout` seconds."""
        try:
            if self._ws is None and not self._connect():
                time.sleep(min(timeout, 0.05))
                return
            self._send_due()
            text = self._ws.receive(timeout)
            while text is not None:
                self._take(json.loads(text))
                text = self._ws.receive(0)
            if time.monotonic() - self._heard > SILENCE_S:
                raise Lost("the node fell silent")
        except PermissionError:
            raise
        except OSError:
            self._lost()

    def drain(self, patience=10.0):
        """Waits until all is answered; False if that took too long."""
        end = time.monotonic() + patience
        while (self._queue or self._open) and time.monotonic() < end:
            self.pump(0.05)
        return not self._queue and not self._open

    def close(self):
        for one in (self._ws, self._http):
            if one is not None:
                one.close()
        self._ws = self._http = None

    # -- the connection -------------------------------------------------------

    def _connect(self):
        now = time.monotonic()
        if now < self._connect_at:
            return False
        # Doubles up to two seconds while nobody answers.
        self._connect_at = now + self._pause
        self._pause = min(self._pause * 2, 2.0)
        self._ws = WebSocket(self._host, self._port, self._token)
        self._pause = 0.05
        self.connections += 1
        self._heard = time.monotonic()
        self._burst, self._asked, self._clock_at = BURST, None, 0.0
        self._beat_at = 0.0
        for number in sorted(self._open):
            self.resent += 1
            self._send_batch(number)
        return True

    def _lost(self):
        self.close()

    def _say(self, **message):
        self._ws.send(json.dumps(message, separators=(",", ":")))

    def _send_due(self):
        now = time.monotonic()
        if now >= self._beat_at:
            self._beat_at = now + HEARTBEAT_S
            self._beat()
        if now >= self._clock_at:
            self._ask_time(now)
        for number, (_, not_before) in sorted(self._open.items()):
            if not_before is not None and now >= not_before:
                self.resent += 1
                self._send_batch(number)
        # Pictures are read in their order: what waits goes first.
        if any(again is not None for _, again in self._open.values()):
            return
        while (self._queue and self._next is not None
               and len(self._open) < OPEN_MAX and self.credit > 0):
            count = min(len(self._queue), self.credit, ITEMS_MAX)
            items = [self._queue.popleft() for _ in range(count)]
            self.credit -= count
            self._open[self._next] = (items, None)
            self._next += 1
            self._send_batch(self._next - 1)

    def _send_batch(self, number):
        items = self._open[number][0]
        self._open[number] = (items, None)
        self._say(op="detections", source_id=self.source, seq=number,
                  items=items)

    def _ask_time(self, now):
        # One at a time; an answer that did not come in time is given up.
        self._burst = max(self._burst - 1, 0)
        self._clock_at = now + (0.1 if self._burst else CLOCK_S)
        self._clock_n += 1
        self._asked = (self._clock_n, local_us())
        self._say(op="ts", n=self._clock_n, c0=self._asked[1])

    def _beat(self):
        body = json.dumps({"in_view": self.in_view})
        try:
            if self._http is None:
                self._http = http.client.HTTPConnection(
                    self._host, self._port, timeout=2.0)
            self._http.request(
                "POST", f"{API}/sources/{self.source}/heartbeat", body,
                {"Authorization": f"Bearer {self._token}",
                 "Content-Type": "application/json"})
            answer = self._http.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self._http = None
            return
        if answer.status in (401, 403, 404):
            raise PermissionError(text.decode(errors="replace"))
        if answer.status != 200:
            return
        said = json.loads(text)
        if self._next is None:
            self._next = said["next_seq"]
        waiting = sum(len(items) for items, _ in self._open.values())
        self.credit = max(said["credit"] - waiting, 0)
        self.quarantine = said["quarantine"]

    # -- answers --------------------------------------------------------------

    def _take(self, said):
        c3 = local_us()
        self._heard = time.monotonic()
        op = said.get("op")
        if op == "ts" and self._asked and said["n"] == self._asked[0]:
            self.clock.add(self._asked[1], said["s1"], said["s2"], c3)
            self._asked = None
        elif op == "accepted" and self._open.pop(said["seq"], None):
            self.taken += said["taken"]
            self.no_strikes += said["no_strikes"]
            self.refused += said["refused"]
            waiting = sum(len(items) for items, _ in self._open.values())
            self.credit = max(said["credit"] - waiting, 0)
            self.quarantine = said["quarantine"]
        elif op == "refused" and said.get("seq") in self._open:
            self._refused(said)

    def _refused(self, said):
        number = said["seq"]
        items = self._open[number][0]
        wait = {"rate_limited": 1.0, "overloaded": 0.2, "unavailable": 0.5}
        if said["code"] in wait:
            later = time.monotonic() + wait[said["code"]]
            self._open[number] = (items, later)
            return
        # It will not be taken as it is: the model has to hear of it.
        del self._open[number]
        if said["code"] != "wrong_state":  # answered long ago
            self.refused += [{"index": i, "code": said["code"],
                              "said": said["detail"]}
                             for i in range(len(items))]
