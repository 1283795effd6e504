import "../theme/theme.ts";
import { followAddress } from "../address/follow.ts";
import "../cells/cells.css";
import { awakenIslands } from "../island/awaken.ts";
import { linkMarks } from "../light/light.ts";
import { workOffline } from "../offline/register.ts";
import "../quiz/quiz.css";

linkMarks();
awakenIslands();
followAddress();
workOffline();
