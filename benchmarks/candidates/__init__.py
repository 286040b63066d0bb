"""Pipelines that could have been config.yml, and the script that trains one of them in NLU's environment."""
