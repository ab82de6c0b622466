"""The public site (公众网站): one search box, publicity lists, glossary and help; home pages compose other packages."""
