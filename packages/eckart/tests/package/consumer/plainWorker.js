import * as eckart from "./node_modules/eckart/dist/index.js";
import { answer } from "./answer.js";

postMessage(answer(eckart));
