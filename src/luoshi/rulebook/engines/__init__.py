"""The engines that decide: they share the tree, registers and layout of results, and never import each other."""
