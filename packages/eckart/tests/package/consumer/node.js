import * as eckart from "eckart";
import { answer } from "./answer.js";

console.log(JSON.stringify(answer(eckart)));
