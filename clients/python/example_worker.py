"""A vision worker: gets pictures of cameras and says what is on them.

    RINGSIDE_TOKEN=... python3 example_worker.py --port 8080 --source s2

Any number of them may run, each with a source of its own (kind `worker`). The
node gives each what it can do; what one held that died goes to another one.
"""

import argparse
import http.client
import json
import os
import sys
import time

API = "/api/v1"
# Batches at once: little enough to be done well before the node's five seconds.
WANT = 4


def look(items):
    """Your model goes here: a batch of one camera in, what it sees out, in the
    format of the camera's mapping. This one believes what the camera says."""
    return [item["shows"] for item in items]


class Worker:
    """Asks, works, says what it did, and asks again.

    What was done is said with the next question, and again until it is
    answered; the node takes each result once.
    """

    def __init__(self, host, port, token, source, see=look):
        self._line = http.client.HTTPConnection(host, port, timeout=5.0)
        self._head = {"Authorization": f"Bearer {token}",
                      "Content-Type": "application/json"}
        self._path = f"{API}/sources/{source}/work"
        self._see = see
        self._done = []
        # A new number for each start: what the last one held goes elsewhere.
        self._run = time.time_ns() // 1_000
        self.jobs = self.errors = 0

    def step(self):
        """One question and the work it brings; False if nobody answered."""
        try:
            self._line.request("POST", self._path, json.dumps(
                {"want": WANT, "run": self._run, "done": self._done}),
                self._head)
            answer = self._line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            return False
        if answer.status in (400, 401, 403, 404, 409, 422):
            raise RuntimeError("the node refused: " + text.decode())
        if answer.status != 200:
            return False
        self._done = [self._work(job) for job in json.loads(text)["jobs"]]
        return True

    def _work(self, job):
        self.jobs += 1
        try:
            return {"job": job["job"], "items": self._see(job["items"])}
        except Exception as why:  # whatever the model throws, the node hears
            self.errors += 1
            return {"job": job["job"], "error": repr(why)[:200]}


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--host", default="127.0.0.1")
    args.add_argument("--port", type=int, default=8080)
    args.add_argument("--source", required=True)
    args.add_argument("--work-ms", type=int, default=20,
                      help="how long it looks at a batch")
    how = args.parse_args()

    def see(items):
        time.sleep(how.work_ms / 1000)
        return look(items)

    worker = Worker(how.host, how.port, os.environ["RINGSIDE_TOKEN"],
                    how.source, see)
    while True:
        if not worker.step():
            time.sleep(0.2)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)
