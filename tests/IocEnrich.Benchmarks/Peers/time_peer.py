"""Times one extractor on one file: time_peer.py NAME FILE. The extractor is found on PYTHONPATH."""

import json
import platform
import sys
import time

LONG_ENOUGH = 5.0
MOST_ROUNDS = 3


def finder(name):
    if name == "ioc-finder":
        from ioc_finder import find_iocs

        return lambda text: sum(len(found) for found in find_iocs(text).values() if isinstance(found, list))
    if name == "iocextract":
        import iocextract

        return lambda text: sum(1 for _ in iocextract.extract_iocs(text))
    sys.exit(f"There is no peer {name!r}.")


def main():
    name, path = sys.argv[1:]
    find = finder(name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    find(text[:2000])
    seconds = []
    while len(seconds) < MOST_ROUNDS and sum(seconds) < LONG_ENOUGH:
        start = time.process_time()
        found = find(text)
        seconds.append(time.process_time() - start)
    print(json.dumps({"seconds": sorted(seconds)[len(seconds) // 2], "found": found, "python": platform.python_version()}))


main()
