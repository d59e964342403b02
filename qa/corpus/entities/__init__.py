"""Who and what an archive names: found in each article, then joined over all of them."""
