"""Catalogue amendments (目录修订): draft, public comment, assessment, decision, the new version."""
