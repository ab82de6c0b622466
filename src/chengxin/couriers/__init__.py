"""Courier companies: three voices apart, figures by lane from the lake, uses, complaints."""
