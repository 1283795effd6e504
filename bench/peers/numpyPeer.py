# NumPy as a peer: one request a line on standard input, one answer a line on standard output. It times itself, so that
# the pipe between the processes does not count.
import json
import sys
import time

import numpy as np

OPERATIONS = {
    "svd": lambda A: np.linalg.svd(A, full_matrices=False),
    "svdvals": lambda A: np.linalg.svd(A, compute_uv=False),
    "eigh": lambda A: np.linalg.eigh(A),
}

A = None
for line in sys.stdin:
    request = json.loads(line)
    if "shape" in request:
        raw = bytes.fromhex(request["data"])
        A = np.frombuffer(raw, dtype=request["dtype"]).reshape(request["shape"]).copy()
        print(json.dumps({"version": np.__version__}), flush=True)
        continue
    operation = OPERATIONS[request["operation"]]
    start = time.perf_counter()
    for _ in range(request["calls"]):
        result = operation(A)
    seconds = (time.perf_counter() - start) / request["calls"]
    values = result if request["operation"] == "svdvals" else result[0] if request["operation"] == "eigh" else result[1]
    print(json.dumps({"seconds": seconds, "values": values.tolist()}), flush=True)
