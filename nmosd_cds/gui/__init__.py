"""The window: shows and asks, decides nothing. The only place, with `app`, that knows Qt."""
