"""A camera whose model sees one picture at a time; the node finds the strikes.

    RINGSIDE_TOKEN=... python3 example_frames.py --port 8080 --source s1

The source has the mapping `ringside_frames` and, as rate, pictures a second.
"""

import argparse
import json
import os
import sys
import time

from ringside_client import Client

# Pictures that go in one batch.
TOGETHER = 4


def model(since_ms):
    """What a model says of a picture `since_ms` after a punch began: replace
    this with yours. Scores of what a fighter does, in millionths."""
    red = {"scores": {"punch": 40_000}, "impact": "none"}
    blue = {"scores": {"punch": 30_000}, "impact": "none"}
    if since_ms < 200:
        red = {"scores": {"punch": 900_000}, "impact": "medium"}
    return red, blue


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--host", default="127.0.0.1")
    args.add_argument("--port", type=int, default=8080)
    args.add_argument("--source", required=True)
    args.add_argument("--strikes", type=int, default=10)
    args.add_argument("--every-ms", type=int, default=1_000)
    args.add_argument("--fps", type=int, default=30)
    how = args.parse_args()
    camera = Client(how.host, how.port, os.environ["RINGSIDE_TOKEN"],
                    how.source)
    camera.now_us()
    begun = time.monotonic()
    pictures = how.strikes * how.every_ms * how.fps // 1_000 + how.fps // 2
    waiting = []
    for n in range(1, pictures + 1):
        due = begun + n / how.fps
        while time.monotonic() < due:
            camera.pump(min(due - time.monotonic(), 0.005))
        # The moment the picture was taken, not the moment the model is done.
        at, err = camera.now_us()
        since = n * 1_000 // how.fps % how.every_ms
        if n * 1_000 // how.fps >= how.strikes * how.every_ms:
            since = how.every_ms
        red, blue = model(since)
        waiting.append({"seq": n, "at_us": at, "err_us": err,
                        "view_ppm": 900_000, "red": red, "blue": blue})
        if len(waiting) == TOGETHER or n == pictures:
            for item in waiting:
                camera.report(item)
            waiting = []
    done = camera.drain()
    camera.close()
    print(json.dumps({"taken": camera.taken, "pictures": pictures,
                      "refused": len(camera.refused),
                      "dropped": camera.dropped, "resent": camera.resent,
                      "connections": camera.connections}))
    return 0 if done and camera.taken == pictures else 1


if __name__ == "__main__":
    sys.exit(main())
