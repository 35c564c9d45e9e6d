"""What the readers of workbooks share: cells as shown, sheets, and the step from a grid of cells to blocks."""
