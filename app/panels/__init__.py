"""What surrounds the canvas: tools, options, parameters, results and the status line."""
