"""The bar in which an operation on the mask is tried out."""
