"""What is kept no longer than its clock (保存期满销毁): written rules, one sweep, a list of what was destroyed."""
