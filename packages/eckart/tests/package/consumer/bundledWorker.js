import { NonFiniteError, svd, svdvals } from "eckart";
import { answer } from "./answer.js";

postMessage(answer({ svd, svdvals, NonFiniteError }));
