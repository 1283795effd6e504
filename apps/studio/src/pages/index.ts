import "../theme/theme.ts";
import "../theme/figures.ts";
import { followAddress } from "../address/follow.ts";
import "../contents/contents.css";
import { awakenIslands } from "../island/awaken.ts";
import { linkMarks } from "../light/light.ts";
import { keepScrollable } from "../light/scrollable.ts";
import { workOffline } from "../offline/register.ts";
import { layOutSections } from "./layOut.ts";
import { painted } from "./painted.ts";

layOutSections();
void painted().then(() => {
  awakenIslands();
  followAddress();
  linkMarks();
  keepScrollable();
  workOffline();
});
