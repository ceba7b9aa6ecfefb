"""What is asked: a module a chapter, and the projects beside them."""
