"""Pages of periodic sheets: entered on a phone also without a network, confirmed at a desk, listed for payment."""
