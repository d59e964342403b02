"""The only package that knows Indonesian or English."""
