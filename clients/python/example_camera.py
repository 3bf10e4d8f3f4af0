"""A camera that invents strikes, to see the way they take.

    RINGSIDE_TOKEN=... python3 example_camera.py --port 8080 --source s1
"""

import argparse
import json
import os
import sys
import time

from ringside_client import Client

KINDS = ["jab", "cross", "hook", "uppercut", "elbow", "knee", "body_kick",
         "head_kick"]


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--host", default="127.0.0.1")
    args.add_argument("--port", type=int, default=8080)
    args.add_argument("--source", required=True)
    args.add_argument("--strikes", type=int, default=40)
    args.add_argument("--every-ms", type=int, default=250)
    how = args.parse_args()
    camera = Client(how.host, how.port, os.environ["RINGSIDE_TOKEN"],
                    how.source)
    worst = 0
    for i in range(how.strikes):
        at, err = camera.now_us()
        worst = max(worst, err)
        camera.report({"kind": KINDS[i % len(KINDS)],
                       "corner": ("red", "blue")[i // 2 % 2],
                       "at_us": at, "err_us": err,
                       "conf_ppm": 600_000 + i % 5 * 50_000,
                       "severity_ppm": 300_000})
        end = time.monotonic() + how.every_ms / 1000
        while time.monotonic() < end:
            camera.pump(0.005)
    done = camera.drain()
    camera.close()
    print(json.dumps({"taken": camera.taken, "refused": len(camera.refused),
                      "dropped": camera.dropped, "resent": camera.resent,
                      "connections": camera.connections,
                      "clock_bound_us": worst}))
    return 0 if done and camera.taken == how.strikes else 1


if __name__ == "__main__":
    sys.exit(main())
