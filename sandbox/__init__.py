"""What is outside, simulated on one machine: a Telegram Bot API with phones, a Catalog, a Sales, demo data, a clock."""
