// What every page looks like: its faces, its formulas, and the sheet that says everything else.
import "./fonts.css";
import "katex/dist/katex.css";
import "./theme.css";
import "./print.css";
