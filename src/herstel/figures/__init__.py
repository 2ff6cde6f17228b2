"""Drawn figures of the exercises, made from joint angles."""
