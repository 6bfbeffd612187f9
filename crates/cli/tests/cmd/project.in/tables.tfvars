route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
