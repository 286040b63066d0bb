"""Client and sandbox of Catalog and Sales, both held to the OpenAPI files."""
