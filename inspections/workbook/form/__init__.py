"""What stands where on a visit sheet, and how one is recognised."""
