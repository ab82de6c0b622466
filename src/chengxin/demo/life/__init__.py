"""What happened in the province: `data/life.yaml` told through the product's own actions, day by day."""
