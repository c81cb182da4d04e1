"""Working time: shifts, the limits that apply to them, the hours that bring a premium, the formalities."""
