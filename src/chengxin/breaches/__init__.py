"""The breach desk (个人信息泄露事件): found, assessed, contained, told to the authority and to the persons."""
