// npm test: every check there is. Sets up what is missing first, so that it works on a fresh clone.

import { setUp } from "./setUp.mjs";
import { runStages, stages } from "./stages.mjs";

setUp();
runStages(stages);
