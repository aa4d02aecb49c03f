"""Programs for whoever works on ggztriage: they build the documentation and try the packages; nobody installs them."""
