"""The engines that decide. They share the tree, the registers and the layout of results, and never import each other."""
