//! From a model, leads and events to result rows: the run itself, free of the command line.
