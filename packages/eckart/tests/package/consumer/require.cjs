const eckart = require("eckart");

void import("./answer.js").then(({ answer }) => console.log(JSON.stringify(answer(eckart))));
