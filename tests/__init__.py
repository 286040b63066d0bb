"""Every test; importable as a package, so that factories and fixtures are shared."""
