"""The invented province (演示省) as generated input files and a cast, replayed through the product's own doors."""
