"""Chengxin (诚信): the open public credit information platform."""
