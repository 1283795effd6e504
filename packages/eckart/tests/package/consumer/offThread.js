// What every consumer asks of eckart/worker.

/** The order of a matrix whose decomposition takes a few tenths of a second, and of one that takes minutes. */
const LONG = 300;
const ENDLESS = 1600;

export async function offThread({ svdvals, svd, Matrix, Random, NonFiniteError }, worker) {
  const random = new Random(1);
  const place = await worker.start();

  const long = random.normalMatrix(LONG, LONG);
  let startedIn = "nowhere";
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const onProgress = (progress) => {
    if (progress.stage === "started") startedIn = progress.place;
  };
  const { s, info } = await worker.svd(long, { onProgress });
  clearInterval(timer);

  const order = [];
  const matrices = Array.from({ length: 10 }, (_, i) => random.normalMatrix(40 - 3 * i, 20));
  const calls = matrices.map((A, i) => worker.svdvals(A).finally(() => order.push(i)));
  const answers = await Promise.all(calls);
  const same = String(s) === String(svd(long).s) && matrices.every((A, i) => String(answers[i]) === String(svdvals(A)));

  const error = await worker.svdvals([[1, NaN]]).catch((reason) => reason);
  const refusal = error instanceof NonFiniteError ? `row ${error.row}, column ${error.col}` : String(error);

  const aborted = place === "worker" ? await abortRunning(worker, random.normalMatrix(ENDLESS, ENDLESS)) : "not tried";
  const given = Matrix.from([
    [2, 1],
    [1, 3],
  ]);
  const after = await worker.det(given, { transfer: true });
  return {
    place,
    startedIn,
    backend: info.backend,
    ticks,
    same,
    order,
    refusal,
    aborted,
    after: Math.round(after),
    moved: given.data.length,
  };
}

/** The name of what a running call rejects with when it is aborted. */
function abortRunning(worker, A) {
  const controller = new AbortController();
  const onProgress = ({ stage }) => {
    if (stage === "started") controller.abort();
  };
  return worker.svd(A, { method: "jacobi", signal: controller.signal, onProgress }).then(
    () => "answered",
    ({ name }) => name,
  );
}
