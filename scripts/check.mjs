// npm run check: types, lint, import directions and unit tests, for the time between two commits.

import { setUp } from "./setUp.mjs";
import { runStages, stages } from "./stages.mjs";

setUp();
runStages(stages.filter((stage) => stage.quick));
