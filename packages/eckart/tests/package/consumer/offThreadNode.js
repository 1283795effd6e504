import * as eckart from "eckart";
import * as worker from "eckart/worker";
import { offThread } from "./offThread.js";

console.log(JSON.stringify(await offThread(eckart, worker)));
