"""What engines for whole registers share: what they are asked, what that rests on, and where results are put."""
