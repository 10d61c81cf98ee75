"""An invented county: schools, inspectors, and the workbooks that they would have filled."""
