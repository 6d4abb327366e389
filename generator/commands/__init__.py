"""The commands of `explorable`, one file each; what they do lies elsewhere."""
