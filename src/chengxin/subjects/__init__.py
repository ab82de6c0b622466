"""Who a record is about (信用主体): adults and operators, their names, numbers and uniqueness."""
