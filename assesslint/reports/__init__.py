"""Report → what a reader sees. One file a format; none knows anything of policy."""
