import "../theme/theme.ts";
import { awakenIslands } from "../island/awaken.ts";
import { linkMarks } from "../light/light.ts";

linkMarks();
awakenIslands();
