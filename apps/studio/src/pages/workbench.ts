import "../theme/theme.ts";
import "../theme/figures.ts";
import "../contents/contents.css";
import "../workbench/workbench.css";
import { followAddress } from "../address/follow.ts";
import { awakenIslands } from "../island/awaken.ts";
import { linkMarks } from "../light/light.ts";
import { keepScrollable } from "../light/scrollable.ts";
import { workOffline } from "../offline/register.ts";

linkMarks();
keepScrollable();
awakenIslands();
followAddress();
workOffline();
