import "../theme/theme.ts";
import "../embed/embed.css";
import { showFigure } from "../embed/embed.tsx";

showFigure(document.querySelector<HTMLElement>("main")!);
