"""The portal (公众门户): what anybody may see without signing in."""
