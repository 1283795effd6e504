const eckart = require("eckart");
const worker = require("eckart/worker");

void import("./offThread.js")
  .then(({ offThread }) => offThread(eckart, worker))
  .then((answer) => console.log(JSON.stringify(answer)));
