"""What workers do. A new module is named in `include` of `src.worker`."""
