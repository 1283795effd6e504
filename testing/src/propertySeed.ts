// Before every file of tests: properties are tried on the same examples in every run, so that what passes once passes
// again. PROPERTY_SEED is another whole number, for a search.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? 1) });
