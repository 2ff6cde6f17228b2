"""One drawing, shown as SVG and as characters."""
