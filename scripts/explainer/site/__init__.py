"""From the dataset to pages: what MkDocs renders, and everything beside it."""
