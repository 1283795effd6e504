// How the parts of pages that come alive look: on every page that may show them.
import "../cells/cells.css";
import "../figures/compress/compress.css";
import "../figures/gram/gram.css";
import "../figures/hero/hero.css";
import "../figures/lowRank/lowRank.css";
import "../quiz/quiz.css";
