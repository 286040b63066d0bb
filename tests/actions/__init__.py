"""Tests of the action server and the scheduler."""
