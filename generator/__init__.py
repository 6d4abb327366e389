"""Explorable: Markdown and PyTorch in, a static site of live explanations out."""
