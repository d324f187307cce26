"""Tests of the newsroom and of the conversation."""
