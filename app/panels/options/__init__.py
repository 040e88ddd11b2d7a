"""The options of the tools, a widget for each kind of tool."""
