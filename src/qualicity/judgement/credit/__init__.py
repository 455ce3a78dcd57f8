"""Quality credit (质量信用): a file per enterprise, its score and class, the list of the seriously dishonest."""
