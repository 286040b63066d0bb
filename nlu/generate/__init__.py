"""Makes the training messages: lines of nlu/data unfolded, with the noise of someone typing on a phone."""
