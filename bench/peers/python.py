"""NumPy, SciPy's ARPACK and PROPACK, and scikit-learn as peers: python.py LIBRARY FOLDER. harness/process.mjs has the protocol."""

import os
import sys
import time

import numpy as np

library, folder = sys.argv[1:]

# Libraries in Fortran write their complaints to the standard output: they go to the error output.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def numpy_operations():
    svd = lambda A, **_: np.linalg.svd(A, full_matrices=False)
    return np.__version__, {
        "svd": svd,
        "svdBatch": svd,
        "svdvals": lambda A, **_: np.linalg.svd(A, compute_uv=False),
        "eigh": lambda A, **_: np.linalg.eigh(A),
        "eig": lambda A, **_: np.linalg.eig(A),
        "gemm": lambda A, B, **_: A @ B,
    }


def scipy_operations(solver):
    import scipy
    from scipy.sparse.linalg import svds

    return scipy.__version__, {"svds": lambda A, k, **_: svds(A, k=k, solver=solver, random_state=0)}


def sklearn_operations():
    import sklearn
    from sklearn.utils.extmath import randomized_svd

    return sklearn.__version__, {"randomizedSvd": lambda A, k, **_: randomized_svd(A, n_components=k, random_state=0)}


def named(operation, result):
    """The factors by name, as harness/types.ts has them."""
    if operation == "svdvals":
        return {"s": result}
    if operation == "gemm":
        return {"C": result}
    if operation == "eigh":
        return {"w": result[0], "V": result[1]}
    if operation == "eig":
        w, V = result
        return {"w": w.real, "wi": w.imag, "V": V.real, "Vi": V.imag}
    return dict(zip(("U", "s", "Vt"), result))


version, operations = {
    "NumPy": numpy_operations,
    "ARPACK": lambda: scipy_operations("arpack"),
    "PROPACK": lambda: scipy_operations("propack"),
    "scikit-learn": sklearn_operations,
}[library]()
print(version, file=answers, flush=True)

operation = run = None


def answer(verb, *words):
    global operation, run
    if verb == "prepare":
        operation, dtype, *sizes = words
        m, n, count, k = map(int, sizes)
        numbers = np.fromfile(os.path.join(folder, "input.bin"), dtype={"f64": "<f8", "f32": "<f4"}[dtype])
        A = numbers[: count * m * n].reshape((count, m, n) if operation == "svdBatch" else (m, n))
        B = numbers[count * m * n :].reshape(n, n) if operation == "gemm" else None
        work = operations.get(operation)
        run = work and (lambda: work(A, B=B, k=k))
        return "ready" if run else "cannot"
    if verb == "time":
        start = time.perf_counter()
        for _ in range(int(words[0])):
            run()
        return time.perf_counter() - start
    factors = named(operation, run())
    for name, factor in factors.items():
        np.ascontiguousarray(factor, dtype="<f8").tofile(os.path.join(folder, name + ".bin"))
    return " ".join(factors)


for line in sys.stdin:
    try:
        reply = answer(*line.split())
    except Exception as error:
        reply = "error " + str(error).replace("\n", " ")
    print(reply, file=answers, flush=True)
