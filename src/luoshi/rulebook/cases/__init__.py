"""Cases written by people: case files and the worked examples of a pack, read into rows."""
