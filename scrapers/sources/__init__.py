"""One file a source. A file that is here is a source: nothing else is edited to add one."""
