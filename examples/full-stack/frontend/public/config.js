// Settings that a deployment changes without a new build. The production server answers with a file of its own, made of the
// variables of its environment that begin with VITE_; in development Vite hands the same variables to the page.
globalThis.runtimeSettings = {};
