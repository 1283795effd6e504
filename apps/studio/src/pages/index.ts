import "../theme/theme.css";
import { awakenIslands } from "../island/awaken.ts";

awakenIslands();
