#!/usr/bin/env node
// Exists before the first build, so that npm can link the command when it installs.
import "../dist/main.js";
