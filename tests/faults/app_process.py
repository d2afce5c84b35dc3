"""The product's process without its screens: ``python -m tests.faults.app_process URL`` runs imports until it is killed."""

import sys
import threading

from core import job_flow
from db import engine


def main(url: str) -> None:
    job_flow.start_worker(engine.make_engine(url))
    print("started", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
