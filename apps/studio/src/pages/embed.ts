import "../theme/theme.ts";
import "../theme/figures.ts";
import "../embed/embed.css";
import { showFigure } from "../embed/embed.tsx";

showFigure(document.querySelector<HTMLElement>("main")!);
