"""What the tests of claims share: pages rewritten so that they tell what their asserts compared."""
